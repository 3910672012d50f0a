/** Spanish: the ways to confirm, wherever they are named. */
import type { WaysWords } from '../en/ways.ts';
import { app } from './app.ts';

export const ways: WaysWords = {
  app,
  totp: 'Aplicación de autenticación',
  totpWhat: 'Escriba las seis cifras que muestra ahora la aplicación.',
  token: (hint) => `Token físico ${hint}`.trim(),
  tokenWhat: 'Escriba el código que muestra ahora el token.',
  tokenCode: 'Código del token',
  call: (hint) => `Llamar al ${hint}`.trim(),
  callWhat: 'Suena el teléfono. Pulse # para confirmar.',
  callPinWhat: 'Suena el teléfono. Marque su PIN y después #.',
  callMatchWhat: 'Suena el teléfono. Marque el número que muestra esta página y después #.',
  recoveryKey: 'Clave de recuperación',
  recoveryKeyWhat: 'Escriba la clave que guardó al configurar. Sirve una vez; después configura algo nuevo.',
  other: 'Otra forma',
  passkey: 'Llave de acceso',
  passkeyWhat: 'Su ordenador, su teléfono o una llave de seguridad confirma que es usted.',
};
