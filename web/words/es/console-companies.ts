/** Spanish: the console's section of companies. */
import type { CompaniesWords } from '../en/console-companies.ts';

export const words: CompaniesWords = {
  title: 'Empresas',
  titleOf: (organization) => `Empresas de ${organization}`,
  intro: 'Usted administra cada una como su propia organización. Elija una para ver sus usuarios, su directiva y todo lo demás.',
  find: 'Buscar por nombre o ID',
  name: 'Empresa',
  organizationId: 'ID',
  created: 'Añadida',
  none: 'Aún no hay empresas.',
  noneFound: 'Ninguna empresa tiene este nombre. Cambie lo escrito o cargue más.',

  add: 'Añadir una empresa',
  addText: 'Su portal nombra a la empresa por el ID. El primer usuario que se le añade es su administrador.',
  nameField: 'Nombre',
  nameHint: 'Se ve en cada página, en correos y en llamadas.',
  nameMissing: 'Escriba el nombre de la empresa.',
  idField: 'ID',
  idHint: 'Como el portal nombra a la empresa. Después no se puede cambiar.',
  idMissing: 'Escriba el ID.',
  idTaken: 'Ya hay una organización con este ID.',
  enforce: 'Exigir confirmación a los usuarios locales',
  enforceText: 'Todos los que tienen contraseña del portal deben confirmar desde el primer inicio de sesión. La empresa lo ve y no puede apagarlo; usted sí, en su directiva.',
  supportName: 'Ayuda: nombre',
  supportNameHint: 'Como «Mesa de ayuda». Aparece al pie de cada página. Puede quedar vacío.',
  supportUrl: 'Ayuda: dirección',
  supportUrlHint: 'Una dirección https.',
  supportWrong: 'Indique ambos, el nombre y una dirección https, o ninguno.',
  added: (name) => `${name} se añadió.`,
};
