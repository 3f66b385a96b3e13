import { createApp } from 'vue'
import { createLanguages, LANGUAGES } from './i18n/language.ts'
import { takeInvitation } from './session/invitation.ts'
import App from './shell/App.vue'
import './style/tokens.css'
import './style/base.css'
import { createTill, TILL } from './till.ts'

const invitation = takeInvitation(location, history)
const languages = createLanguages(localStorage, document)
const till = createTill(languages)

createApp(App, { invitation }).provide(LANGUAGES, languages).provide(TILL, till).mount('#till')
void till.session.open()
