package ssda903_test

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
)

// The two forms of one truth, clean and with every fault, give the same children and the
// same stock, and every fault is found where it stands.
func TestXMLGivesWhatCSVGives(t *testing.T) {
	for _, faults := range [][]string{nil, synthetic.Faults()} {
		s := synthetic.Settings{Children: 400, Years: 4, Seed: 2, Faults: faults}
		folder, truth := made(t, s)
		want, err := ssda903.Read(folder)
		require.NoError(t, err)
		s.XML = true
		inXML, sameTruth := made(t, s)
		require.Equal(t, truth.Stock, sameTruth.Stock)
		require.Len(t, sameTruth.Planted, len(truth.Planted))
		c, err := ssda903.Read(inXML)
		require.NoError(t, err)
		reconcile(t, inXML, c)
		require.Equal(t, want.Window, c.Window)
		require.Equal(t, want.Children, c.Children)
		for _, f := range sameTruth.Planted {
			require.True(t, slices.ContainsFunc(c.Log.Entries, func(e ssda903.Entry) bool {
				return e.File == f.File && e.Row == f.Line && e.Rule == rules[f.Name]
			}), "%v", f)
		}
	}
}

func TestXMLOfEveryFormGivesTheSame(t *testing.T) {
	folder, _ := made(t, synthetic.Settings{Children: 100, Years: 3, Seed: 5, XML: true, Faults: synthetic.Faults()})
	want, err := ssda903.Read(folder)
	require.NoError(t, err)
	header := regexp.MustCompile(`(?s)( *<HEADER>.*?</HEADER>\r\n)(.*?)( *</CHILD>)`)
	for name, form := range map[string]func(text string) []byte{
		"one line": func(text string) []byte { return []byte(strings.ReplaceAll(text, "\r\n", "")) },
		"UTF-16": func(text string) []byte {
			return wide(binary.LittleEndian, "\ufeff"+strings.Replace(text, "UTF-8", "UTF-16", 1))
		},
		"one byte": func(text string) []byte {
			return []byte(strings.Replace(strings.Replace(text, "UTF-8", "ISO-8859-1", 1), "<ETHNIC>", "<ETHNIC>\xe9", 1))
		},
		"names": func(text string) []byte {
			return []byte(strings.NewReplacer("EXPSSDA903", `a:r xmlns:a="x"`, "/EXPSSDA903", "/a:r").Replace(strings.Replace(text, "</EXPSSDA903>", "</a:r>", 1)))
		},
		"empty elements": func(text string) []byte {
			return []byte(regexp.MustCompile(`<(\w+)></\w+>`).ReplaceAllString(text, "<$1/>"))
		},
		"left out": func(text string) []byte {
			return []byte(regexp.MustCompile(` *<(\w+)></\w+>\r\n`).ReplaceAllString(text, ""))
		},
		"header last": func(text string) []byte { return []byte(header.ReplaceAllString(text, "$2$1$3")) },
		"tables within": func(text string) []byte {
			return []byte(strings.ReplaceAll(text, "</HEADER>", "<AREVIEW><DOB>x</DOB><REVIEW>y</REVIEW></AREVIEW><!-- --></HEADER><OTHER><DEC>z</DEC></OTHER>"))
		},
		"platform": func(text string) []byte { return []byte("\n\n" + text[strings.Index(text, "\n")+1:]) },
	} {
		t.Run(name, func(t *testing.T) {
			changed := fstest.MapFS{}
			for file, f := range folder {
				if changed[file] = f; strings.HasSuffix(file, ".xml") {
					changed[file] = &fstest.MapFile{Data: form(string(f.Data))}
				}
			}
			c, err := ssda903.Read(changed)
			require.NoError(t, err)
			if name != "header last" { // a header repeated is left where it was
				require.Equal(t, want.Children, c.Children)
			}
			require.Equal(t, want.Window, c.Window)
			reconcile(t, changed, c)
		})
	}
}

// The position of a row is its line and, as there may be no lines, its column.
func TestXMLByHand(t *testing.T) {
	text := `<x><CHILD><HEADER><CHILDID>A</CHILDID><SEX>1</SEX><DOB>01/05/2010</DOB></HEADER>` +
		"\n <EPISODE><DECOM>01/06/2023</DECOM><RNE>S</RNE><LS>V2</LS><PL>U6</PL><DEC></DEC></EPISODE></CHILD>" +
		`<CHILD><EPISODE><DECOM>01/06/2023</DECOM></EPISODE></CHILD></x>`
	c, err := ssda903.Read(fstest.MapFS{"2023-24.xml": {Data: []byte(text)}, "other.xml": {Data: []byte("<Message><Children/></Message>")}})
	require.NoError(t, err)
	require.Len(t, c.Children, 1)
	require.Equal(t, "U6", c.Children[0].Placements[0].Code)
	require.Equal(t, []ssda903.Entry{{File: "2023-24.xml", Row: 2, Column: 106, Rule: "no child", Text: "CHILD (in XML, CHILDID) is empty", Rejected: true}}, c.Log.Entries)
	var said []string
	for _, table := range c.Log.Tables {
		said = append(said, fmt.Sprint(table.File, " ", table.Kind, " ", table.Year, " ", table.Rows, " ", table.Note))
	}
	require.Equal(t, []string{"2023-24.xml header 2023/24 1 ", "2023-24.xml episodes 2023/24 2 ", "other.xml  no financial year 0 its elements are those of no return: not read"}, said)
}

// What is wrong is said by line, without a word of what stands there.
func TestXMLThatIsNotWellFormed(t *testing.T) {
	for name, text := range map[string]string{
		"cut off":    "<x>\n<CHILD><HEADER><CHILDID>SECRET",
		"crossed":    "<x>\n<SECRET></x>",
		"entity":     "<x>\n<CHILD>&SECRET;</CHILD></x>",
		"bad sign":   "<x>\n<CHILD>SECRET < 3</CHILD></x>",
		"attributes": "<x>\n<CHILD SECRET></CHILD></x>",
	} {
		_, err := ssda903.Read(fstest.MapFS{"a.xml": {Data: []byte(text)}})
		require.EqualError(t, err, "a.xml: line 2: the XML is not well formed from here on: export the return again", name)
	}
}
