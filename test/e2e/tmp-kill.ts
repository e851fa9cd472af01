import { checkpointsOf, killAndLook, type KillScenario } from '../support/kill9.ts'
import { simScenarios } from '../support/kill9-scenarios.ts'
import { createFlavor, uploadImage } from '../support/servers.ts'
import { makeDataDir, removeDataDir, startService } from '../support/start-service.ts'
