#!/usr/bin/env node
await import('../../../dist/embedded.js');
