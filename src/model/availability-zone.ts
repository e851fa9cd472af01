/** Every host is in one zone, under the name that OpenStack's clients know. */
export const defaultAvailabilityZone = 'nova'
