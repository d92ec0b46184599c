#!/usr/bin/env node
// Finds this platform's forge among npm's packages and runs it here; on Windows it points forge at the .cmd form of the compiler.
'use strict';
const { spawnSync } = require('child_process');
const path = require('path');

const root = path.join(__dirname, '..');
const system = { win32: 'win32', darwin: 'darwin' }[process.platform] ?? 'linux';
const machine = process.arch === 'arm64' ? 'arm64' : 'amd64';
const suffix = process.platform === 'win32' ? '.exe' : '';
const forge = path.join(root, 'node_modules', '@foundry-rs', `forge-${system}-${machine}`, 'bin', `forge${suffix}`);
const compiler = process.platform === 'win32' ? { FOUNDRY_SOLC: './tools/solc-wrapper.cmd' } : {};
const run = spawnSync(forge, process.argv.slice(2), { cwd: root, stdio: 'inherit', env: { ...process.env, ...compiler } });
if (run.error) process.stderr.write(`${run.error.message}\nRun 'npm ci --ignore-scripts' in contracts-sol first.\n`);
process.exitCode = run.status ?? 1;
