/** Where there is no page, and where one broke. */
import { Button } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Failed } from '../parts/Failed.tsx'
import { Page } from '../parts/Page.tsx'
import { words } from '../words/en.ts'

export const Missing = () => (
  <Page title={words.missing.title} sub={words.missing.why}>
    <Link to="/">{words.missing.back}</Link>
  </Page>
)

/** A newer version of the app may have taken the place of what was to be shown: loading the page again mends that. */
export const Broken = ({ error }: ErrorComponentProps) => (
  <Page title={words.broken.title} sub={words.broken.why}>
    <Failed what={words.broken.failed} error={error} />
    <Button mt="md" onClick={() => location.reload()}>
      {words.broken.again}
    </Button>
  </Page>
)
