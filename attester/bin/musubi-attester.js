#!/usr/bin/env node
// npm links commands before it builds, so what it links must be there, and executable, before dist is.
import '../dist/cli.js'
