/** The zone of hosts that no aggregate puts into another, under the name that OpenStack's clients know. */
export const defaultAvailabilityZone = 'nova'
