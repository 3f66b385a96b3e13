#!/usr/bin/env node
// A file that is there before the first build, so that package managers can link the command.
import '../dist/cli.js'
