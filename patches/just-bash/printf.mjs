// Corrects the chunk of just-bash that contains printf: node printf.mjs IN OUT
import { readFileSync, writeFileSync } from 'node:fs';
const [from, to] = process.argv.slice(2);
let s = readFileSync(from, 'utf8');
function once(find, put, count = 1) {
  const n = s.split(find).length - 1;
  if (n !== count) throw new Error(`${n} times: ${find.slice(0, 90)}`);
  s = s.replaceAll(find, () => put);
}
const markBytes = String.raw`
function markBytes(e,o=/\\\\|(?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+/g){
return e.replace(o,t=>{
if(t==="\\\\")return t;
let n=t.split("\\").slice(1).map(r=>r[0]==="x"?parseInt(r.slice(1),16):parseInt(r,8)&255),r;
let s=i=>"\\"+(o.isArgument?"0":"")+i.toString(8).padStart(3,"0");
try{r=new TextDecoder("utf-8",{fatal:!0,ignoreBOM:!0}).decode(Uint8Array.from(n))}
catch{return n.map(i=>i>127?String.fromCharCode(63104+i):s(i)).join("")}
return r.replace(/[\x00-\x7f]/g,i=>s(i.charCodeAt(0)))})}
const argumentBytes=/\\\\|(?:\\(?:x[0-9a-fA-F]{1,2}|0[0-7]{1,3}|[1-7][0-7]{0,2}))+/g;
argumentBytes.isArgument=!0;`;
once('function z(e){h=!1;', `
function parseInteger64(e){
let t=parseInt(e,e.startsWith("0x")||e.startsWith("0X")?16:10);
if(Number.isNaN(t)||Number.isSafeInteger(t))return t;
let n=/^(-?)((?:0[xX])?[0-9a-fA-F]+)/.exec(e),r=n[1]?-BigInt(n[2]):BigInt(n[2]);
return r>9223372036854775807n?9223372036854775807n:r<-9223372036854775808n?-9223372036854775808n:r}
function unsigned64(e){return e<0?BigInt.asUintN(64,BigInt(e)):e}
// Bytes that are not UTF-8 are characters of the private area until the output is complete.
${markBytes}
function isMarked(e){return/[\\uf700-\\uf7ff]/.test(e)}
function bytesOf(e){return e.replace(/[\\uf700-\\uf7ff]|[^\\x00-\\x7f\\uf700-\\uf7ff]+/g,t=>t[0]>="\\uf700"&&t[0]<="\\uf7ff"?String.fromCharCode(t.charCodeAt(0)-63104):Buffer.from(t).toString("latin1"))}
function z(e){h=!1;if((e[0]==="'"||e[0]==='"')&&e.length>1)return e.codePointAt(1);`);
once('let r=parseInt(e,16);', '\nlet r=parseInteger64(e);\n');
once('return n&&(h=!0),parseInt(e,10)||0}function P', '\nreturn n&&(h=!0),parseInteger64(e)||0}\nfunction P');
once('s=Math.abs(l),a=String(s);', '\ns=l<0?-l:l,a=String(s);\n');
once('t=Math.abs(l).toString(8);', '\nt=unsigned64(l).toString(8);\n');
once('s=Math.abs(l).toString(16);', '\ns=unsigned64(l).toString(16);\n');
once('let s=t<0?t>>>0:t;', '\nlet s=unsigned64(t);\n');
once('s=N(o,t),a="",', '\ns=N(markBytes(o),t),a="",\n');
once('let t=te(n,r);', '\nlet t=te(markBytes(n,argumentBytes),r);\n');
once('return{stdout:a,stderr:p,exitCode:x?1:0,internalStdinConsumed:0}}catch(t)', '\nif(isMarked(a))return{stdout:bytesOf(a),stdoutKind:"bytes",stderr:p,exitCode:x?1:0,internalStdinConsumed:0};\nreturn{stdout:a,stderr:p,exitCode:x?1:0,internalStdinConsumed:0}}catch(t)');
once('if(c===0&&i.length>0,n){', '\nif(n&&isMarked(a))throw new Error("-v: bytes that are not UTF-8 are not supported in variables");\nif(n){');
writeFileSync(to, s);
