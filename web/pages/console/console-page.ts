/** `/console`: where those who administer, help and audit manage people, policy and everything else of their organizations. */
import { startPage } from '../../frame/start-page.ts';
import { drawConsole } from './draw-console.ts';

void startPage({ en: () => import('../../words/en/console.ts'), es: () => import('../../words/es/console.ts'), fr: () => import('../../words/fr/console.ts') }, drawConsole);
