// Corrects dist/bundle/index.js of just-bash: node interpreter.mjs IN OUT
import { readFileSync, writeFileSync } from 'node:fs';
const [from, to] = process.argv.slice(2);
let s = readFileSync(from, 'utf8');
function once(find, put) {
  const n = s.split(find).length - 1;
  if (n !== 1) throw new Error(`${n} times: ${find.slice(0, 90)}`);
  s = s.replace(find, () => `\n${put}\n`);
}
// `((` starts arithmetic if the matching parentheses are adjacent.
once('this.looksLikeNestedSubshells(n+2)||this.dparenClosesWithSpacedParens(n+2)?', '!this.closesTogether(n+2)?');
{
  const i = s.indexOf('looksLikeNestedSubshells(t){'), j = s.indexOf('makeToken(t,n,r,s,i){', i);
  s = s.slice(0, i) + `
closesTogether(t){
let n=this.input,r=0,s="";
for(let i=t;i<n.length;i++){
let o=n[i];
if(o==="\\\\"&&s!=="'"){i++;continue}
if(s){o===s&&(s="");continue}
if(o==="'"||o==='"')s=o;
else if(o==="(")r++;
else if(o===")"){if(r===0)return n[i+1]===")";r--}
}
return!0}
` + s.slice(j);
  const k = s.indexOf('dparenClosesWithSpacedParens(t){'), l = s.indexOf('};var ci=1e6', k);
  s = s.slice(0, k) + '\n' + s.slice(l);
}
// 64-bit arithmetic: integers outside the safe range are BigInts.
{
  const i = s.indexOf('function Yp(e,t,n){'), j = s.indexOf('async function eh(e,t){');
  s = s.slice(0, i) + `
function integer64(e){let t=BigInt.asIntN(64,e);return t>=-9007199254740991n&&t<=9007199254740991n?Number(t):t}
function parseInteger64(e){
let t=Number.parseInt(e,10);
return Number.isSafeInteger(t)||Number.isNaN(t)?t:integer64(BigInt(/-?\\d+/.exec(e)[0]))}
function power64(e,t){
let n=1n,r=BigInt(e);
for(let s=BigInt(t);s>0n;s>>=1n){s&1n&&(n=BigInt.asIntN(64,n*r));r=BigInt.asIntN(64,r*r)}
return n}
function Yp(e,t,n){
switch(n){
case"<":return e<t?1:0;
case"<=":return e<=t?1:0;
case">":return e>t?1:0;
case">=":return e>=t?1:0;
case"==":return e===t?1:0;
case"!=":return e!==t?1:0;
case",":return t;
case"/":case"%":if(t===0)throw new ce("division by 0");break;
case"**":if(t<0)throw new ce("exponent less than 0")}
if(typeof e==="number"&&typeof t==="number"){
let s=n==="+"?e+t:n==="-"?e-t:n==="*"?e*t:n==="/"?Math.trunc(e/t):n==="%"?e%t:NaN;
if(Number.isSafeInteger(s))return s+0}
let r=BigInt(e),i=BigInt(t);
switch(n){
case"+":return integer64(r+i);
case"-":return integer64(r-i);
case"*":return integer64(r*i);
case"/":return integer64(r/i);
case"%":return integer64(r%i);
case"**":return integer64(power64(e,t));
case"<<":return integer64(r<<(i&63n));
case">>":return integer64(r>>(i&63n));
case"&":return integer64(r&i);
case"|":return integer64(r|i);
case"^":return integer64(r^i);
default:return 0}}
function Jc(e,t,n){return n==="="?t:Yp(e,t,n.slice(0,-1))}
function Jp(e,t){
switch(t){
case"-":return Yp(0,e,"-");
case"!":return e===0?1:0;
case"~":return Yp(-1,e,"-");
default:return e}}
` + s.slice(j);
  const a = s.indexOf('async function eh(e,t){'), b = s.indexOf('async function tu(e,t){', a);
  let part = s.slice(a, b).replace(/Number\.parseInt\(([^;]*?),10\)/g, 'parseInteger64($1)');
  part = part.replaceAll(String.raw`/^-?\d+$/.test(`, String.raw`/^-?(?:0|[1-9]\d*)$/.test(`);
  part = part.replaceAll('==="++"?a+1:a-1', '==="++"?Yp(a,1,"+"):Yp(a,1,"-")').replaceAll('==="++"?c+1:c-1', '==="++"?Yp(c,1,"+"):Yp(c,1,"-")').replaceAll('==="++"?l+1:l-1', '==="++"?Yp(l,1,"+"):Yp(l,1,"-")');
  s = s.slice(0, a) + '\n' + part + '\n' + s.slice(b);
}
once('if(o=o*i+l,o>Number.MAX_SAFE_INTEGER)return Number.MAX_SAFE_INTEGER}', 'o=Yp(Yp(o,i,"*"),l,"+")}');
once('{let n=Number.parseInt(e.slice(2),16);return n>Number.MAX_SAFE_INTEGER?Number.MAX_SAFE_INTEGER:n}', '{return/^[0-9a-f]+$/i.test(e.slice(2))?integer64(BigInt(e)):Number.NaN}');
once('let n=Number.parseInt(e,8);return n>Number.MAX_SAFE_INTEGER?Number.MAX_SAFE_INTEGER:n}', 'return integer64(BigInt("0o"+e))}');
once('let t=Number.parseInt(e,10);return t>Number.MAX_SAFE_INTEGER?Number.MAX_SAFE_INTEGER:t}', 'return parseInteger64(e)}');
// Names of references (local -n) to lists.
once('function Ne(e,t){return e.state.arrays?.has(t)??!1}', 'function referred(e,t){return e.state.namerefs?.has(t)?Fe(e,t)??t:t}\nfunction Ne(e,t){return e.state.arrays?.has(referred(e,t))??!1}');
once('function K(e,t){', 'function K(e,t){t=referred(e,t);');
once('function Pe(e,t){', 'function Pe(e,t){t=referred(e,t);');
once('function rr(e,t,n="indexed"){', 'function rr(e,t,n="indexed"){t=referred(e,t);');
// Commands with & run in a subshell, and wait returns their exit codes.
once('async executeStatement(t){', `async executeStatement(t){
if(t.background)return this.executeInBackground(t);`);
once('async executeSubshell(t,n="",r=!1){', `async executeInBackground(t){
let n=this.ctx.state,r=n.nextVirtualPid++,s={type:"Subshell",body:[{...t,background:!1}],redirections:[]};


let o=await this.executeSubshell(s);
(n.jobs??=new Map).set(String(r),o.exitCode);(n.unwaited??=new Set).add(String(r));
n.lastBackgroundPid=r;n.lastExitCode=0;n.env.set("?","0");
return{...o,exitCode:0}}
async executeSubshell(t,n="",r=!1){`);
once('if(t==="wait")return ne;', 'if(t==="wait")return waitForJobs(c,n);');
once('function integer64(e){', `
function waitForJobs(e,t){
let n=e.state.jobs??new Map,r=t.filter(i=>!i.startsWith("-"));
let o=e.state.unwaited??=new Set;if(t.includes("-n")){let i=r[0]??o.values().next().value;if(i===void 0)return{stdout:"",stderr:"",exitCode:127};r=[i]}
if(r.length===0){o.clear();return ne}
let s=0;
for(let i of r){
if(!n.has(i))return{stdout:"",stderr:\`bash: wait: pid \${i} is not a child of this shell\\n\`,exitCode:127};
s=n.get(i);o.delete(i)}
return{stdout:"",stderr:"",exitCode:s}}
function integer64(e){`);
// ${x@Q} quotes as bash does.
once(`function Zt(e){if(e==="")return"''";if(/[\\n\\r\\t\\x00-\\x1f\\x7f']/.test(e)){`, `function Zt(e){if(e==="")return"''";if(!/[\\x00-\\x1f\\x7f]/.test(e))return"'"+e.replaceAll("'","'\\\\''")+"'";{`);
// The end of $(( )) is found by counting parentheses, and a variable is evaluated before an assignment such as +=.
{
  const i = s.indexOf('parseArithmeticExpansion(t,n){'), j = s.indexOf('let a=t.slice(r,o),l=this.parseArithmeticExpression(a)', i);
  if (i < 0 || j < 0) throw new Error('parseArithmeticExpansion');
  s = s.slice(0, i) + '\nparseArithmeticExpansion(t,n){let r=n+3,o=endOfArithmetic(t,r);' + s.slice(j);
  const k = s.indexOf('function Za(e,t,n,r){'), l = s.indexOf('let a=n.slice(o,s),{expr:l}=', k);
  if (k < 0 || l < 0) throw new Error('Za');
  s = s.slice(0, k) + `
function endOfArithmetic(e,t){
let n=0,r="",s=t;
for(;s<e.length-1;s++){
let i=e[s];
if(i==="\\\\"&&r!=="'"){s++;continue}
if(r){i===r&&(r="");continue}
if(i==='"'||i==="'"&&e[s-1]==="$")r=i;
else if(i==="(")n++;
else if(i===")"){if(n===0)return s;n--}}
return s}
function Za(e,t,n,r){if(n.slice(r,r+3)!=="$((")return null;let o=r+3,s=endOfArithmetic(n,o);` + s.slice(l);
}
once('c=parseInteger64(l||"0")||0,u=await s(t.value),f=Jc(c,u,t.operator);', 'c=t.operator==="="?0:await cs(e,o,l||"0",r),u=await s(t.value),f=Jc(c,u,t.operator);');
once('if(Be(e,n)){if(t.name)return o+=', 'n=referred(e,n);if(Be(e,n)){if(t.name)return o+=');
once('function Et(e,t){return Array.from(Pe(e,t)?.elements.keys()??[]).sort()}', `
function bucketOf(e){let t=2166136261;for(let n of Buffer.from(e))t=Math.imul(t,16777619)^n;return t&1023}
function Et(e,t){
let n=Array.from(Pe(e,t)?.elements.keys()??[],r=>[bucketOf(r),r]);
return n.reverse().sort((r,s)=>r[0]-s[0]).map(r=>r[1])}`);
// In (( )), << is a shift.
once('this.pendingHeredocDelimiterMode=!1,this.makeToken(E.DLESS,', 'this.dparenDepth===0&&(this.pendingHeredocDelimiterMode=!1),this.makeToken(E.DLESS,');
// set -e does not end a command whose exit code is tested, such as the left side of ||.
once('let f=await this.executePipeline(c);', 'let f=await this.executeTested(c,c.negated||l<t.pipelines.length-1);');
once('async executeInBackground(t){', `async executeTested(t,n){
let r=this.ctx.state,s=r.inCondition;
if(!n||s)return this.executePipeline(t);
r.inCondition=!0;
try{return await this.executePipeline(t)}finally{r.inCondition=s}}
async executeInBackground(t){`);
writeFileSync(to, s);
