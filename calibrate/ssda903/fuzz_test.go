package ssda903_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
)

// Whatever a file holds, reading ends without a panic, and gives either children of whom
// every row is accounted for, or an error.
func FuzzRead(f *testing.F) {
	episodes := "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"
	header := "CHILD,SEX,DOB,ETHNIC\nA,1,01/05/2010,WBRI\n"
	for _, rows := range []string{
		"A,01/06/2020,S,V2,N1,U6,PR1,01/07/2023,X1,\nA,01/07/2023,P,V2,N1,T3,,01/07/2023,X1,\nA,02/07/2023,L,V2,N1,K2,,,,\n",
		"A,2023-06-01,s,c2,N1,u6,,01/13/23,E4A,\nA,01/06/2023,S,C2,N1,U6,,,,\n\"A,\"\"\n",
		"A,01/06/9999,S,V2,N1,U6,,31/12/9999,X1,\nA,01/06/0001,S,V2,N1,T0,,,E2,\n",
	} {
		f.Add([]byte(episodes+rows), []byte(header))
	}
	f.Add([]byte("CHILD,DECOM,RNE,LS,PLACE,DEC,REC,YEAR,LA\nA,01/06/2022,S,V2,U6,,,2023,X\nA,01/07/2023,S,V2,U6,,,2023/24,X\n"), []byte(header))
	f.Add(wide16(episodes), []byte("\xff\xfe"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		folder := fstest.MapFS{"2023/a.csv": {Data: a}, "2024/b.csv": {Data: b}}
		c, err := ssda903.Read(folder)
		if err != nil {
			require.NotEmpty(t, strings.TrimSpace(err.Error()))
			return
		}
		reconcile(t, folder, c)
		again, err := ssda903.Read(folder)
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}

// The same of a return in XML.
func FuzzReadXML(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><EXPSSDA903><CHILD><HEADER><CHILDID>A</CHILDID><SEX>1</SEX><DOB>01/05/2010</DOB></HEADER>` +
		`<EPISODE><DECOM>01/06/2023</DECOM><RNE>S</RNE><LS>V2</LS><PL>U6</PL><DEC>01/07/2023</DEC><REC>X1</REC></EPISODE>` +
		`<EPISODE><DECOM>01/07/2023</DECOM><RNE>P</RNE><PL>K2</PL></EPISODE></CHILD></EXPSSDA903>`))
	f.Add([]byte("<a><child><episode><decom>01/06/2023</decom></episode><header><childid>A</childid></header></child></a>"))
	f.Add([]byte("<CHILD><HEADER/><EPISODE><CHILDID>A</CHILDID><EPISODE><DECOM/></EPISODE></EPISODE></CHILD>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder := fstest.MapFS{"2023-24.xml": {Data: data}, "2022-23.csv": {Data: []byte("CHILD,DECOM,RNE,LS,PLACE,DEC,REC\nA,01/02/2023,S,V2,U6,,\n")}}
		c, err := ssda903.Read(folder)
		if err != nil {
			require.NotEmpty(t, strings.TrimSpace(err.Error()))
			return
		}
		sound(t, c)
		for _, table := range c.Log.Tables {
			require.Equal(t, table.Rows, table.Used+table.Repaired+table.Rejected)
		}
	})
}

func wide16(text string) []byte {
	data := []byte{0xfe, 0xff}
	for i := range len(text) {
		data = append(data, 0, text[i])
	}
	return data
}
