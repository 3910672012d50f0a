/** `/registration`: where an invitation's link leads. */
import { startRegistration } from './start.ts';

void startRegistration({ en: () => import('../../words/en/registration.ts'), es: () => import('../../words/es/registration.ts'), fr: () => import('../../words/fr/registration.ts') });
