import { UsageError } from '@musubi/cli'
import { readText } from '../state/files.ts'

/** Names the file of the password of an attester's or a payer's keystore. */
export const PASSWORD_VARIABLE = 'MUSUBI_PASSWORD_FILE'

const CHARACTERS_MAX = 1024
const [RETURN, NEWLINE, END_OF_TEXT, END_OF_FILE, BACKSPACE, DELETE] = ['\r', '\n', '\u0003', '\u0004', '\b', '\u007f']

/** The password for a keystore: from the file that an environment variable names, or typed on the terminal, unseen. */
export async function askPassword(question: string, variable = PASSWORD_VARIABLE): Promise<string> {
  const file = process.env[variable]
  if (file !== undefined && file !== '') return requireLength(readText(file).replace(/\r?\n$/, ''))
  if (!process.stdin.isTTY) {
    throw new UsageError('Password.NoPasswordError', 'A password is needed, and nobody is there to type it.', {
      given: `no terminal, and no ${variable}`,
      expected: `a terminal, or ${variable} with the name of a file`,
      next: `Write the password into a file that only you can read, and name the file in ${variable}.`,
    })
  }
  const password = asked.get(variable) ?? requireLength(await typed(question))
  asked.set(variable, password)
  return password
}

/** A key and a secret of one owner have one password: nobody types it twice in one command. */
const asked = new Map<string, string>()

/** A new password is typed twice. */
export async function askNewPassword(question: string, variable = PASSWORD_VARIABLE): Promise<string> {
  const password = await askPassword(question, variable)
  if (process.env[variable]) return password
  if ((await typed('Once more: ')) === password) return password
  throw new UsageError('Password.UnequalError', 'The two passwords differ.', {
    given: 'two passwords',
    expected: 'the same password twice',
    next: 'Run the command again.',
  })
}

function requireLength(password: string): string {
  if (password.length > 0 && password.length <= CHARACTERS_MAX) return password
  throw new UsageError('Password.EmptyError', 'The password cannot be used.', {
    given: password.length === 0 ? 'an empty one' : 'a longer one',
    expected: `1 to ${CHARACTERS_MAX} characters`,
    next: 'Choose another password.',
  })
}

/** Reads a line without showing it. The terminal is as it was before, however this ends. */
async function typed(question: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.resume()
  stdin.setEncoding('utf8')
  try {
    return await new Promise<string>((resolve, reject) => {
      let text = ''
      stdin.on('data', (chunk: string) => {
        for (const character of chunk) {
          if (character === END_OF_TEXT) reject(new Error('Interrupted.'))
          else if ([RETURN, NEWLINE, END_OF_FILE].includes(character)) resolve(text)
          else if (character === BACKSPACE || character === DELETE) text = text.slice(0, -1)
          else text += character
        }
      })
    })
  } finally {
    stdin.removeAllListeners('data')
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}
