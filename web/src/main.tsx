import '@fontsource-variable/inter/wght.css'
import './theme/base.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query.ts'
import { router } from './router.tsx'
import { LineBar } from './shell/LineBar.tsx'
import { cssVariables, theme } from './theme/theme.ts'

/** `public/scheme.js` reads the same place before the first paint. */
const scheme = localStorageColorSchemeManager({ key: 'throughline-scheme' })

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={scheme}
    >
      <QueryClientProvider client={queryClient}>
        <LineBar />
        <RouterProvider router={router} />
        <Notifications position="bottom-right" limit={1} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>
)
