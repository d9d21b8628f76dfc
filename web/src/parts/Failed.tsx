/** What went wrong, on the spot where it is: the hub's own words, a way to try again, the code behind “Details”. The rest of the page works on. */
import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core'
import { ApiError } from '../api/client.ts'
import { words } from '../words/en.ts'
import styles from './Failed.module.css'
import { Octagon } from './Octagon.tsx'

/** `what`: what could not be done, as a sentence. `again`: tries it again. */
export function Failed({ what, error, again }: { what: string; error: unknown; again?: () => unknown }) {
  const { message, code } = told(error)
  return (
    <Alert color="red" className={styles.failed} icon={<Octagon />} title={what} role="alert">
      <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
        {message}
      </Text>
      <Group gap="sm" mt="sm" align="flex-start">
        {again && (
          <Button size="xs" onClick={() => void again()}>
            {words.failed.again}
          </Button>
        )}
        {code && (
          <details className={styles.details}>
            <summary>{words.failed.details}</summary>
            <Group gap="sm" mt={4}>
              <Code>{code}</Code>
              <CopyButton value={code}>
                {({ copied, copy }) => (
                  <Button size="xs" onClick={copy}>
                    {copied ? words.failed.copied : words.failed.copy}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </details>
        )}
      </Group>
    </Alert>
  )
}

function told(error: unknown): { message: string; code: string | null } {
  if (error instanceof ApiError) return { message: error.message, code: words.failed.code(error.code, error.status) }
  return { message: words.line.unexpected, code: error instanceof Error ? error.message : null }
}
