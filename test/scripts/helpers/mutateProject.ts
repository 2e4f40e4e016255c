import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const MUTATE = join(ROOT, 'scripts', 'mutate.ts')

/** A project of one contract. Its mocha tests are weak on purpose: no boundary, no second raise, no event. */
const FILES = {
  'package.json': '{ "type": "module" }',
  'hardhat.config.ts': `
    import { createRequire } from 'node:module'
    import { defineConfig } from 'hardhat/config'
    import ethers from '@nomicfoundation/hardhat-ethers'
    import chaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
    import mocha from '@nomicfoundation/hardhat-mocha'
    export default defineConfig({
      plugins: [ethers, mocha, chaiMatchers],
      solidity: { version: '0.8.37', path: createRequire(import.meta.url).resolve('solc/soljson.js') },
      paths: { tests: { mocha: './test/contracts', solidity: './test/solidity' } },
    })`,
  'contracts/Counter.sol': `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

contract Counter {
    uint256 public count;

    event Raised(uint256 count);

    function raise(uint256 by) external {
        require(by < 10);
        count += by;
        emit Raised(count);
    }
}
`,
  'test/contracts/Counter/raise.test.ts': `
    import { expect } from 'chai'
    import { network } from 'hardhat'
    const { ethers } = await network.create()
    describe('raise', () => {
      it('adds', async () => {
        const counter = await ethers.deployContract('Counter')
        await counter.raise(3n)
        expect(await counter.count()).to.equal(3n)
      })
      it('refuses too much', async () => {
        const counter = await ethers.deployContract('Counter')
        await expect(counter.raise(12n)).to.revert(ethers)
      })
    })`,
  'test/solidity/helpers/Handler.sol': `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Counter} from "../../../contracts/Counter.sol";

contract Handler {
    Counter public counter = new Counter();
    uint256 public raised;

    function raise(uint8 by) external {
        counter.raise(by % 9);
        raised += by % 9;
    }
}
`,
  'test/solidity/Counter.t.sol': `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Handler} from "./helpers/Handler.sol";

contract CounterTest {
    Handler private _handler;

    function setUp() public {
        _handler = new Handler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_countIsWhatWasRaised() public view {
        require(_handler.counter().count() == _handler.raised(), "count, raised");
    }
}
`,
}

/** Writes the project into a new folder. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'musubi-mutate-'))
  for (const [name, content] of Object.entries(FILES)) await writeTo(folder, name, content)
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

export async function writeTo(folder: string, name: string, content: string): Promise<void> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** What belongs to the project, by name: neither what it is built into, nor what it stands on. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const names = globSync('{*.json,*.ts,contracts/**/*,test/**/*.*}', { cwd: folder }).toSorted()
  const files = names.filter((name) => name.includes('.'))
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  )
}

export function start(folder: string, args: readonly string[]) {
  const all = [MUTATE, '--project', folder, '--contracts', 'Counter', ...args]
  return spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] })
}

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs to the end. */
export async function mutate(folder: string, ...args: readonly string[]): Promise<Ended> {
  const child = start(folder, args)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}
