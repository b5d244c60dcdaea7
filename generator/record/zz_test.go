package record
import ("testing";"strings";"time";"cairn/generator/diag")
func TestBig(t *testing.T){
 for name, text := range map[string]string{
  "rows": strings.Repeat("[[row]]\nid = \"abc\"\nx = { value = 1, sources = [\"a\"] }\n", 100000),
  "keys": strings.Repeat("a = 1\n", 1000000),
  "list": "a = ["+strings.Repeat("1,", 4000000)+"]",
  "inl": "a = ["+strings.Repeat("{a=1},", 1300000)+"]",
  "dots": strings.Repeat(strings.Repeat("a.",30)+"b = 1\n", 120000),
  "unknown": strings.Repeat("[[z]]\n", 1300000),
 }{ s:=time.Now(); v,l:=Parse(diag.NewFile("x",[]byte(text)),TOML,0,len(text)); p:=time.Since(s); l2:=Decode(diag.NewFile("x",[]byte(text)),v,&sample{},DecodeOptions{}); t.Log(name,len(text),p,time.Since(s),len(l),len(l2)) }
 for name, text := range map[string]string{
  "list": "a: ["+strings.Repeat("1,", 32000)+"]",
  "lines": strings.Repeat("a: 1\n", 13000),
  "dash": strings.Repeat("- 1\n", 16000),
  "text": "a: "+strings.Repeat("b ", 32000),
  "quo": "a: \""+strings.Repeat("b\n ", 21000)+"\"",
  "lit": "a: |\n"+strings.Repeat(" b\n", 21000),
  "col": strings.Repeat("a:", 32000),
  "q": strings.Repeat("? ", 32000),
  "br": strings.Repeat("[", 64000),
 }{ s:=time.Now(); _,l:=Parse(diag.NewFile("x",[]byte(text)),YAML,0,len(text)); t.Log("yaml",name,len(text),time.Since(s),len(l)) }
}
