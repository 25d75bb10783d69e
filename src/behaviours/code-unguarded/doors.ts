import type { CodeLanguage } from '../../core/index.ts'

/** Where code takes requests, by the frameworks of each language: routes, actions, handlers. */
export const doors: Readonly<Partial<Record<CodeLanguage, RegExp>>> = {
  python:
    /^[ \t]*@\w+(?:\.\w+){0,3}\.(?:route|get|post|put|patch|delete|api_route)[ \t]*\(|^[ \t]*@(?:api_view|require_POST|require_http_methods|csrf_exempt|view_config|expose|action)\b|^[ \t]*(?:async )?def \w+\([ \t]*(?:self,[ \t]*)?(?:request|info|context)\b|^class \w+\([^)\n]{0,200}(?:View|ViewSet|Resource|RequestHandler|MethodView|Servicer)\b[^)\n]{0,80}\)|^[ \t]+(?:async )?def (?:get|post|put|patch|delete|destroy|update|create)\(self\b/gm,
  javascript:
    /\b(?:app|api|server|fastify|\w*[rR]outer?|routes)\s*\.\s*(?:get|post|put|patch|delete|del|all)\s*\(\s*['"`/[]|\.route\([^)\n]{1,200}\)\s*\.\s*(?:get|post|put|patch|delete)\s*\(|\bexport\s+(?:default\s+)?(?:async\s+)?function\s+(?:handler|GET|POST|PUT|PATCH|DELETE|loader|action)\b|\bexport\s+const\s+(?:GET|POST|PUT|PATCH|DELETE)\b|exports\.\w+\s*=\s*(?:async\s*)?(?:function\s*\w*\s*)?\(\s*(?:req|ctx|event|request)\b|@(?:Get|Post|Put|Patch|Delete)\s*\(/g,
  java: /@(?:Get|Post|Put|Delete|Patch|Request)Mapping\b|@(?:GET|POST|PUT|DELETE|PATCH)\b|\bvoid\s+do(?:Get|Post|Put|Delete)\s*\(/g,
  csharp:
    /\[Http(?:Get|Post|Put|Delete|Patch)\b|\.Map(?:Get|Post|Put|Delete|Patch)\s*\(|\bpublic\s+(?:async\s+)?(?:virtual\s+)?(?:Task<\s*)?(?:I?ActionResult|JsonResult|IHttpActionResult|ViewResult)\b/g,
  php: /\bRoute::(?:get|post|put|patch|delete|any|match|resource)\s*\(|\$(?:app|router|group)->(?:get|post|put|patch|delete|any|map)\s*\(|\bpublic\s+function\s+\w+\s*\([^)\n]{0,200}\bRequest\b|\bpublic\s+function\s+(?:index|show|store|update|destroy|delete|edit|create|remove|\w+Action|action\w+)\s*\(|add_action\(\s*['"](?:wp_ajax|admin_post)_/g,
  ruby: /^[ \t]*(?:get|post|put|patch|delete)[ \t]*\(?[ \t]*['"]\/|^[ \t]+def[ \t]+(?!initialize|set_|find_|load_|\w+_params)\w+/gm,
  go: /\.(?:HandleFunc|Handle|GET|POST|PUT|DELETE|PATCH|Get|Post|Put|Delete|Patch)\(\s*"|\bfunc\s+(?:\([^)\n]{0,80}\)\s*)?\w*\(\s*\w+\s+(?:http\.ResponseWriter|\*?(?:gin|echo|fiber)\.(?:Context|Ctx))/g,
}

/** Code that is no handler unless it says so. */
export const mustHold: Readonly<Partial<Record<CodeLanguage, RegExp>>> = {
  ruby: /class \w*Controller\b|<\s*(?:ApplicationController|ActionController|Sinatra::Base|Grape::API)|^[ \t]*(?:get|post|put|patch|delete)[ \t]*\(?[ \t]*['"]\//m,
  php: /Controller\b|Route::|\$(?:app|router|group)->|\$_(?:GET|POST|REQUEST)|add_action/,
}

/** What reads or changes the data behind a door. */
export const acts =
  /[.>:]\s*(?:delete\w*|destroy\w*|remove\w*|update\w*|insert\w*|save\w*|drop\w*|truncate|commit|execute\w*|query|exec\w*|find\w*|first_or_404|get_or_404|fetch\w*|create\w*|bulk\w*|unlink|all|where|add|append|pop|filter\w*|select|aggregate|count|set|put|push|splice|transfer|persist|merge|deactivate|enable|disable|ban|promote|reset\w*|Remove\w*|Add\w*|Find\w*|SaveChanges\w*|ToList\w*|Update\w*|Delete\w*|Insert\w*|Exec\w*|Query\w*|Get\w*|Save\w*|Where|First\w*|Create\w*|get\w+By\w*|getAll\w*|list\w*|charge|refund)!?\b|\b(?:get_object_or_404|get_list_or_404|mysqli_query|mysql_query|pg_query|send_file|send_from_directory|readFile\w*|writeFile\w*|unlink\w*|rmtree|os\.(?:remove|rename|unlink)|del\s+\w+\[|delete\s*\()|\b(?:DELETE\s+FROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|SELECT\b[^;\n]{1,120}\bFROM)\b|\w+\[[^\]\n]{1,60}\]\s*=[^=]/

/** Something asks who it is, or whether they may. */
export const guards =
  /login_?required|permission_?required|user_passes_test|permission_classes|IsAuthenticated|\w+RequiredMixin|UserPassesTestMixin|staff_member_required|(?:jwt|token|auth|admin|role|roles|scope|api_?key|superuser|fresh_jwt)_required|\brequires?_?(?:an?_)?(?:auth\w*|log(?:ged_?)?in\w*|admin\w*|roles?\w*|permission\w*|scope\w*|user\w*|token\w*|owner\w*|session\w*|api_?key\w*|staff\w*|privilege\w*)\b|\b(?:is|has|check|ensure|verify|validate|assert|enforce|confirm|must|load|get|fetch|current|allow)_?(?:current_?)?(?:be_?)?(?:auth\w*|log(?:ged_?)?in\w*|admin\w*|owner\w*|permission\w*|permitted|roles?\b\w*|access\w*|token\w*|user_?(?:id|from\w*|role)?\(|signature\w*|api_?key\w*|jwt\w*|credential\w*|polic\w*|session\w*|staff\w*|privilege\w*|authority|authorities|allowed|claims?|identity|principal|csrf\w*)|current_?user|\bg\.user|\brequest\.user|\breq\.(?:user|auth|session|isAuthenticated)|ctx\.(?:state\.user|user|session)|\bsession\s*\[|\bsession\.(?:get\(\s*['"]|user)|\$_SESSION|Auth::|auth\(\)|middleware|Gate::|\bauthori[sz]e\w*|\bpolicy\b|\bcan(?:not)?[?(]|->can(?:not)?\(|current_user_can|check_(?:admin|ajax)_referer|wp_verify_nonce|passport\.|isAuthenticated|@(?:Pre|Post)Authorize|@Secured|@RolesAllowed|@Authenticated|SecurityContext|\bPrincipal\b|getUserPrincipal|isUserInRole|\[Authorize|RequireAuthorization|\bUser\.(?:Identity|IsInRole|Claims|FindFirst)|ClaimsPrincipal|IsGranted|isGranted|denyAccess\w*|before_(?:action|filter|request)|authenticat\w*|Depends\(\s*(?:\w*(?:require|verify|check|auth|current|admin|user)\w*)|\bSecurity\(|HTTPBearer|OAuth2|APIKeyHeader|X-API-Key|['"]Authorization['"]|\bbearer\b|jwt\.(?:verify|decode|Parse)|verify_jwt|decode_?token|getServerSession|\bgetSession\(|UseGuards|\bguard\w*|\bprotect(?:ed|Route)?\b|\b40[13]\b|Forbidden|Unauthori[sz]ed|PermissionDenied|PermissionError|AccessDenied|\bis_(?:staff|superuser|admin)|\bisAdmin|halt\s+40[13]|['"]admin['"]|\brole\b|,\s*(?:auth\w*|admin\w*|jwt\w*|isLoggedIn|onlyAdmins?)\s*[,)]/i

/** The thing that is acted upon belongs to whoever asks. */
export const owners =
  /owner|user_id|userId|UserId|current_?user\.\w+|request\.user|req\.user|Auth::id|auth\(\)->(?:id|user)|belongs|author(?:_id|Id)?\b|created_?by|account_id|tenant|\.mine\b|getName\(\)|NameIdentifier|\bsub\b/

/** Whoever passes such a guard may act on what others own. */
export const overseers = /admin|\brole|hasRole|permission|staff|superuser|hasAuthority|privilege|moderator/i

/** A thing is looked up by the number that was sent. */
export const lookups =
  /\b(?:find(?:ById|ByPk|OrFail|Unique|_by_id|One|ByIdAnd\w+)?|get_object_or_404|get_or_404|getReferenceById|getById|deleteById|Find(?:Async)?|destroy|objects\.get|query\.get|session\.get)\s*[(!]|\.find\b/

/** Settings that guard all doors at once. */
export const everywhere =
  /authorize(?:HttpRequests|Requests)|anyRequest\(\)|UseAuthorization|RequireAuthorization\(\)|before_request|before_action\s+:?(?:auth|require|check|ensure|log|verify|set_current|doorkeeper|admin)|FallbackPolicy|DEFAULT_PERMISSION_CLASSES|APIRouter\([^)\n]{0,200}dependencies|FastAPI\([^)\n]{0,200}dependencies|\.use\(\s*(?:['"][^'"\n]{0,80}['"],\s*)?(?:\w*(?:auth|jwt|protect|guard|session|login|admin|require|verify|check|passport)\w*)/i
