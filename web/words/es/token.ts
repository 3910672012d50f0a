/** Spanish: setting up a hardware token. */
import type { TokenWords } from '../en/token.ts';

export const token: TokenWords = {
  name: 'Token físico',
  what: 'Un pequeño dispositivo que le dio su organización muestra un código.',
  title: 'Configure su token físico',
  number: 'Identificador de la credencial',
  numberHint: 'Está impreso en el token. Los espacios y las minúsculas no importan.',
  numberMissing: 'Escriba primero lo que está impreso en el token.',
  two: (hint) => `Token ${hint}: escriba el código que muestra. Después pulse otra vez su botón, o espere a que cambie el código, y escriba el siguiente.`,
  first: 'Código que muestra ahora',
  next: 'El código siguiente',
  confirm: 'Confirmar',
  missing: 'Escriba los dos códigos.',
  notAccepted: 'No se ha aceptado. Escriba dos códigos nuevos, uno justo después del otro. Si vuelve a ocurrir, compruebe el identificador o pregunte al servicio de ayuda.',
};
