/** Spanish: what every page may say. */
import type { FrameWords } from '../en/frame.ts';

export const frame: FrameWords = {
  loading: 'Un momento…',
  language: 'Idioma',
  logo: (name) => `Logotipo de ${name}`,
  help: (name) => `Ayuda: ${name}`,
  backTo: (name) => `Volver a ${name}`,
  again: 'Intentar de nuevo',
  back: 'Atrás',
  cancel: 'Cancelar',
  goOn: 'Continuar',
  openedNewTab: '(se abre en otra pestaña)',

  overTitle: 'Esta página ya no es válida',
  overText: 'Solo se puede usar una vez, durante unos minutos. Vuelva al sitio donde iniciaba sesión y empiece allí de nuevo.',
  offlineTitle: 'No se pudo cargar la página',
  offlineText: 'Compruebe su conexión a Internet e inténtelo de nuevo.',

  leavingTitle: 'Hecho',
  leavingText: (name) => `Ahora vuelve a ${name}.`,
  doneHere: 'Puede cerrar esta página y seguir donde estaba.',

  problems: {
    offline: 'No hubo respuesta. Compruebe su conexión a Internet e inténtelo de nuevo.',
    waitSeconds: (seconds) => `Han sido demasiadas veces en poco tiempo. Espere ${String(seconds)} segundos e inténtelo de nuevo.`,
    waitMinutes: (minutes) => `Han sido demasiadas veces en poco tiempo. Espere ${String(minutes)} minutos e inténtelo de nuevo.`,
    spendLimit: 'Hoy no se pueden enviar más llamadas ni mensajes. Elija otra forma o pregunte al servicio de ayuda.',
    numberRefused: 'Este número no se puede usar. Compruébelo o escriba otro.',
    pinRefused: 'Este PIN no se puede usar. Elija cifras que nadie adivine: ninguna serie como 1234, ninguna fecha, ninguna parte de su número.',
    policyForbids: 'Su organización no lo permite. Elija otra forma.',
    invitationNeeded: 'Esto ya no se puede configurar aquí. Pida una invitación al servicio de ayuda.',
    tokenUnknown: 'No hay ningún token con este identificador que usted pueda configurar. Compruebe lo que está impreso en él o pregunte al servicio de ayuda.',
    unknown: 'No ha funcionado. Inténtelo de nuevo dentro de un momento. Si vuelve a ocurrir, pregunte al servicio de ayuda.',
  },
};
