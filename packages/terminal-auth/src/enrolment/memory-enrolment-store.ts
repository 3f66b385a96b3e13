import type { EnrolledTerminal, EnrolmentStore, Invitation } from './store.ts'

/** Invitations and tills in this process's memory. A restart forgets them, and every till must be enrolled again. */
export const memoryEnrolmentStore = (): EnrolmentStore => {
  const invitations = new Map<string, Invitation>()
  const terminals = new Map<string, EnrolledTerminal>()

  const dropInvitations = (isOver: (invitation: Invitation) => boolean): void => {
    for (const [id, invitation] of invitations) if (isOver(invitation)) invitations.delete(id)
  }

  return {
    async invite(invitation) {
      dropInvitations(({ expiresAt }) => expiresAt <= invitation.createdAt)
      if (invitations.has(invitation.id)) return false
      invitations.set(invitation.id, invitation)
      return true
    },

    async attempt(id) {
      const invitation = invitations.get(id)
      if (invitation === undefined) return undefined
      const counted = { ...invitation, attempts: invitation.attempts + 1 }
      invitations.set(id, counted)
      return counted
    },

    async redeem(id, terminal) {
      if (!invitations.delete(id)) return false
      terminals.set(terminal.grant.terminalId, terminal)
      return true
    },

    async find(terminalId) {
      return terminals.get(terminalId)
    },

    async remove(terminalId) {
      terminals.delete(terminalId)
      dropInvitations(({ grant }) => grant.terminalId === terminalId)
    },
  }
}
