/** Every campaign. A new one is added here; new operations join those that there are by themselves. */
import type { Campaign } from './campaign.ts'
import { clockCampaign } from './campaigns/clock-jumps.ts'
import { cutOffCampaign } from './campaigns/cut-off.ts'
import { enginesCampaign } from './campaigns/engines.ts'
import { fullDiskCampaign } from './campaigns/full-disk.ts'
import { killCampaigns } from './campaigns/kill.ts'
import { messagesCampaign } from './campaigns/messages.ts'

export const campaigns: readonly Campaign[] = [
  messagesCampaign,
  clockCampaign,
  ...killCampaigns,
  enginesCampaign,
  cutOffCampaign,
  fullDiskCampaign,
]
