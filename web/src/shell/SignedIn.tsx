/** Lets in who is signed in, and says in which zone they read; sends others to sign in and back to where they wanted to go. */
import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiError } from '../api/client.ts'
import { me } from '../api/me.ts'
import { OWN_ZONE, Zone } from '../parts/clock.ts'
import { Failed } from '../parts/Failed.tsx'
import { Waiting } from '../parts/Waiting.tsx'
import { words } from '../words/en.ts'
import { speak } from '../words/say.ts'
import { Allowed } from './Allowed.tsx'
import { Begin } from './Begin.tsx'

const DOOR = '/sign-in'

export function SignedIn() {
  const { data, error, refetch } = useQuery(me)
  const { href, pathname } = useLocation()
  const navigate = useNavigate()
  const stranger = error instanceof ApiError && error.status === 401
  useEffect(() => {
    // The address changes before this page goes: what was wanted is only what is not the door itself.
    if (stranger && pathname !== DOOR) void navigate({ to: DOOR, search: { to: href }, replace: true })
  }, [stranger, pathname, href, navigate])
  if (data) {
    // Before anything below writes a number or a date.
    speak(data.language)
    return (
      <Zone.Provider value={data.timeZone ?? OWN_ZONE}>
        <Begin />
        <Allowed frame="bare">
          <Outlet />
        </Allowed>
      </Zone.Provider>
    )
  }
  return error && !stranger ? <Failed what={words.who} error={error} again={refetch} /> : <Waiting />
}
