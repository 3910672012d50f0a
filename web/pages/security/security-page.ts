/** `/security`: where people look after their own confirmation, once they have signed in at a portal. */
import { startPage } from '../../frame/start-page.ts';
import { openSettings } from './open-settings.ts';

document.body.classList.add('roomy');

void startPage({ en: () => import('../../words/en/security.ts'), es: () => import('../../words/es/security.ts'), fr: () => import('../../words/fr/security.ts') }, openSettings);
