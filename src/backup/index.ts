/** Backup and restore of a data directory: what the command line is given. */
export { restoreBackup, type RestoreRequest, type RestoreSummary } from './restore-backup.ts'
export { writeBackup, type BackupRequest, type BackupSummary } from './write-backup.ts'
