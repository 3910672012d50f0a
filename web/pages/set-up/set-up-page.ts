/** `/set-up`: where a portal sends a browser to set up a first factor. */
import { startPage } from '../../frame/start-page.ts';
import { drawSetUp } from './choose.ts';

void startPage({ en: () => import('../../words/en/set-up.ts'), es: () => import('../../words/es/set-up.ts'), fr: () => import('../../words/fr/set-up.ts') }, drawSetUp);
