/** `/sign-in`: where a portal sends a browser to confirm a sign-in. */
import { startPage } from '../../frame/start-page.ts';
import { drawPrompt } from './prompt.ts';

void startPage({ en: () => import('../../words/en/sign-in.ts'), es: () => import('../../words/es/sign-in.ts'), fr: () => import('../../words/fr/sign-in.ts') }, drawPrompt);
