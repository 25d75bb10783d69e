import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/template-from-text',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-1336', 'CWE-94'],
  title: 'Compiles a template from what was sent',
  needs: ['render', 'compile', 'template', 'Template'],
  call: {
    name: /^(?:ejs|pug|jade|nunjucks|mustache|Mustache|Handlebars|handlebars|hbs|dot|doT|swig|eta|twig|_|lodash|env)\.(?:render|renderString|compile|template|precompile)$/,
    weak: ({ args }, piece) => {
      const { origin, built } = flowOf(args[0], piece)
      return origin === 'input' || (built && origin === 'parameter')
    },
  },
  vulnerable: [
    "app.get('/', (req, res) => { res.send(ejs.render('<p>' + req.query.name + '</p>')) })",
    "app.post('/', (req, res) => { const t = Handlebars.compile(req.body.template) })",
  ],
  fixed: ["app.get('/', (req, res) => { res.send(ejs.render('<p><%= name %></p>', { name: req.query.name })) })"],
})
