import { sqliteStore } from '@f2f/sql'
import { databaseFile } from './settings.ts'

export const store = sqliteStore(databaseFile)
