package ssda903_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// made are synthetic returns with what is true of them.
func made(t testing.TB, s synthetic.Settings) (fstest.MapFS, *synthetic.Truth) {
	t.Helper()
	folder := fstest.MapFS{}
	truth, err := synthetic.Write(s, func(name string, text []byte) error {
		folder[name] = &fstest.MapFile{Data: text}
		return nil
	})
	require.NoError(t, err)
	return folder, truth
}

// reconcile checks that every row of every table is accounted for, and is in the log if
// it is not used as it is. It counts the rows by itself.
func reconcile(t testing.TB, folder fs.FS, c *ssda903.Care) {
	t.Helper()
	type row struct {
		file      string
		line, col int
	}
	touched, tables := map[row]bool{}, 0
	for _, e := range c.Log.Entries {
		touched[row{e.File, e.Row, e.Column}] = true
		require.Greater(t, e.Row+e.Column, 1)
		require.NotEmpty(t, e.Rule)
		require.NotEmpty(t, e.Text)
	}
	for _, table := range c.Log.Tables {
		require.Equal(t, table.Rows, table.Used+table.Repaired+table.Rejected, table.File)
		tables += table.Repaired + table.Rejected
		if table.Kind == "" {
			require.NotEmpty(t, table.Note, table.File)
			continue
		}
		if data, err := fs.ReadFile(folder, table.File); err == nil && !bytes.Contains(data, []byte{0}) {
			require.Equal(t, rowsIn(table, string(data)), table.Rows, table.File)
		}
	}
	require.Len(t, touched, tables)
	sound(t, c)
}

// rowsIn counts the rows of a table in a text.
func rowsIn(table ssda903.Table, text string) int {
	if strings.HasSuffix(table.File, ".xml") {
		element := map[string]string{"header": "<HEADER>", "episodes": "<EPISODE>"}[table.Kind]
		return strings.Count(text, element)
	}
	rows := -1
	for line := range strings.Lines(text + "\n") {
		if strings.TrimSpace(line) != "" || rows < 0 {
			rows++
		}
	}
	return rows
}

// sound checks what the type promises of placements and stays.
func sound(t testing.TB, c *ssda903.Care) {
	t.Helper()
	for _, child := range c.Children {
		require.NotEmpty(t, child.Placements)
		for i, p := range child.Placements {
			require.False(t, p.Start.IsZero())
			require.False(t, p.Start.After(c.Window.To))
			require.True(t, p.End.IsZero() || p.End.After(p.Start))
			require.Equal(t, p.Start.Before(c.Window.From), p.LeftTruncated)
			if i == 0 {
				require.Zero(t, p.Period)
				continue
			}
			before := child.Placements[i-1]
			require.False(t, before.End.IsZero())
			require.False(t, before.End.After(p.Start))
			if p.Period == before.Period {
				require.Equal(t, before.End, p.Start)
				require.Equal(t, "X1", before.Ended)
			} else {
				require.Equal(t, before.Period+1, p.Period)
				require.NotEqual(t, "X1", before.Ended)
			}
		}
	}
	for _, s := range c.Stays(ssda903.DefaultStates()) {
		require.NotEmpty(t, s.State)
		require.NotEqual(t, s.State, s.Next)
		require.False(t, s.End.Before(s.Start))
	}
}

// One return by hand: each row says what becomes of it.
func TestReadByHand(t *testing.T) {
	folder := fstest.MapFS{
		"2023-24/header.csv": {Data: []byte("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n" +
			"A,1,01/05/2010,WBRI,,,\nB,2,01/05/2012,WBRI,,,\nC,2,01/05/2012,WBRI,,,\n")},
		"2023-24/episodes.csv": {Data: []byte("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n" +
			"A,01/06/2020,S,V2,N1,U6,PR1,01/07/2023,X1,\n" + // 2 began before the window
			"A,01/07/2023,L,C2,N1,U6,PR1,01/08/2023,X1,OTHER\n" + // 3 folded
			"A,01/08/2023,P,C2,N1,T3,,08/08/2023,X1,OTHER\n" + // 4 bridged
			"A,08/08/2023,P,C2,N1,U6,PR1,10/10/2023,X1,CREQB\n" + // 5 back: folded
			"A,10/10/2023,P,C2,N1,K2,PR4,10/01/2024,E4A,\n" + // 6
			"B,01/12/2023,S,V4,N2,K2,PR1,04/12/2023,E8,\n" + // 7 short break
			"\"C\",02/02/24,S,V2,N1,u4,pr1,,,\n")}, // 8 open, small letters, two digits
		"2023-24/reviews.csv": {Data: []byte("CHILD,DOB,REVIEW,REVIEW_CODE\nA,01/05/2010,01/01/2024,PN1\n")},
		"notes.docx":          {Data: []byte("x")},
	}
	c, err := ssda903.Read(folder)
	require.NoError(t, err)
	reconcile(t, folder, c)
	d := calendar.NewDate
	require.Equal(t, ssda903.Window{From: d(2023, 4, 1), To: d(2024, 3, 31)}, c.Window)
	require.Equal(t, []ssda903.Child{
		{Born: d(2010, 5, 1), Sex: "M", Placements: []ssda903.Placement{
			{Start: d(2020, 6, 1), End: d(2023, 10, 10), Code: "U6", Provider: "PR1", LegalStatus: "V2", Reason: "CREQB", Ended: "X1", LeftTruncated: true},
			{Start: d(2023, 10, 10), End: d(2024, 1, 10), Code: "K2", Provider: "PR4", LegalStatus: "C2", Ended: "E4A"},
		}},
		{Born: d(2012, 5, 1), Sex: "F", Placements: []ssda903.Placement{{Start: d(2024, 2, 2), Code: "U4", Provider: "PR1", LegalStatus: "V2"}}},
	}, c.Children)
	require.Equal(t, map[string]int{"foster": 1}, c.Stock(d(2024, 3, 31), ssda903.DefaultStates()))
	require.Equal(t, []ssda903.Stay{
		{Child: 0, State: "foster", Next: "residential", Start: d(2020, 6, 1), Seen: d(2023, 4, 1), End: d(2023, 10, 10), Born: d(2010, 5, 1)},
		{Child: 0, State: "residential", Next: "reunified", Start: d(2023, 10, 10), End: d(2024, 1, 10), Born: d(2010, 5, 1)},
		{Child: 0, State: "reunified", Start: d(2024, 1, 10), End: d(2024, 4, 1), Born: d(2010, 5, 1)},
		{Child: 1, State: "foster", Start: d(2024, 2, 2), End: d(2024, 4, 1), Born: d(2012, 5, 1)},
	}, c.Stays(ssda903.DefaultStates()))
	var said []string
	for _, e := range c.Log.Entries {
		said = append(said, fmt.Sprintf("%s:%d %s %v", path.Base(e.File), e.Row, e.Rule, e.Rejected))
	}
	require.Equal(t, []string{"episodes.csv:4 temporary false", "episodes.csv:7 short break true", "header.csv:3 no episode true"}, said)
}

// The rule by which each planted fault must be found.
var rules = map[string]ssda903.Rule{
	"duplicate": "duplicate", "overlap": "overlap", "gap": "gap", "open": "open", "bad date": "end", "end before start": "end",
	"end after return": "end", "no reason ceased": "end", "unknown code": "unknown code", "starts while in care": "touching",
	"same day": "same day", "stale": "stale", "restated": "restated", "no header": "no header", "twice in header": "duplicate",
	"date of birth": "date of birth",
}

func TestEveryPlantedFaultIsFoundAndTheStockIsTrue(t *testing.T) {
	require.Len(t, rules, len(synthetic.Faults()))
	for seed := range uint64(4) {
		s := synthetic.Settings{Children: 600, Years: 4, Seed: seed}
		clean, truth := made(t, s)
		c, err := ssda903.Read(clean)
		require.NoError(t, err)
		reconcile(t, clean, c)
		for _, e := range c.Log.Entries {
			require.Contains(t, []ssda903.Rule{"temporary", "short break", "no episode"}, e.Rule, e.Text)
		}
		s.Faults = synthetic.Faults()
		dirty, planted := made(t, s)
		require.Len(t, planted.Planted, 3*len(s.Faults))
		require.Equal(t, truth.Stock, planted.Stock)
		d, err := ssda903.Read(dirty)
		require.NoError(t, err)
		reconcile(t, dirty, d)
		for _, f := range planted.Planted {
			require.True(t, slices.ContainsFunc(d.Log.Entries, func(e ssda903.Entry) bool {
				return e.File == f.File && e.Row == f.Line && e.Rule == rules[f.Name]
			}), "%v", f)
		}
		for _, stock := range truth.Stock {
			require.Equal(t, stock.Children, c.Stock(stock.Day, ssda903.DefaultStates()))
			require.Equal(t, stock.Children, d.Stock(stock.Day, ssda903.DefaultStates()), stock.Day)
		}
	}
}

// Nothing that leaves the reader names a child or says when it was born.
func TestNoIdentifierLeaves(t *testing.T) {
	folder, _ := made(t, synthetic.Settings{Children: 300, Years: 3, Seed: 3, Faults: synthetic.Faults()})
	c, err := ssda903.Read(folder)
	require.NoError(t, err)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	require.NotContains(t, string(text), "SYN0")
	for _, e := range c.Log.Entries {
		require.NotRegexp(t, `\d\d/\d\d/\d\d|\d{4}-\d\d`, e.Text)
	}
}

// other rewrites every CSV file of a folder.
func other(folder fstest.MapFS, with func(name, text string) []byte) fstest.MapFS {
	to := fstest.MapFS{}
	for name, f := range folder {
		if to[name] = f; strings.HasSuffix(name, ".csv") {
			to[name] = &fstest.MapFile{Data: with(name, string(f.Data))}
		}
	}
	return to
}

func wide(order binary.AppendByteOrder, text string) []byte {
	var data []byte
	for _, u := range utf16.Encode([]rune(text)) {
		data = order.AppendUint16(data, u)
	}
	return data
}

// eachLine rewrites the cells of every line.
func eachLine(text string, with func(i int, cells []string) []string) []byte {
	var b bytes.Buffer
	for i, line := range strings.Split(strings.TrimSpace(text), "\r\n") {
		b.WriteString(strings.Join(with(i, strings.Split(line, ",")), ",") + "\n")
	}
	return b.Bytes()
}

func TestEveryFormGivesTheSame(t *testing.T) {
	folder, _ := made(t, synthetic.Settings{Children: 150, Years: 3, Seed: 5})
	want, err := ssda903.Read(folder)
	require.NoError(t, err)
	day := regexp.MustCompile(`(\d\d)/(\d\d)/(\d\d)(\d\d)`)
	forms := map[string]func(name, text string) []byte{
		"UTF-8 with a mark": func(_, text string) []byte { return []byte("\ufeff" + text) },
		"UTF-16, little":    func(_, text string) []byte { return wide(binary.LittleEndian, "\ufeff"+text) },
		"UTF-16, big":       func(_, text string) []byte { return wide(binary.BigEndian, "\ufeff"+text) },
		"UTF-16, no mark":   func(_, text string) []byte { return wide(binary.LittleEndian, text) },
		"ISO dates":         func(_, text string) []byte { return []byte(day.ReplaceAllString(text, "$3$4-$2-$1")) },
		"ISO with a time":   func(_, text string) []byte { return []byte(day.ReplaceAllString(text, "$3$4-$2-$1 00:00:00")) },
		"two digits":        func(_, text string) []byte { return []byte(day.ReplaceAllString(text, "$1/$2/$4")) },
		"small letters":     func(_, text string) []byte { return []byte(strings.ToLower(text)) },
		"names of the XML": func(_, text string) []byte {
			return []byte(strings.Replace(strings.Replace(text, "CHILD,", "CHILDID,", 1), ",PLACE,", ",PL,", 1))
		},
		"columns turned round": func(_, text string) []byte {
			return eachLine(text, func(_ int, cells []string) []string { slices.Reverse(cells); return cells })
		},
		"quotation marks": func(_, text string) []byte {
			return eachLine(text, func(_ int, cells []string) []string {
				for i := range cells {
					cells[i] = `"` + cells[i] + `"`
				}
				return cells
			})
		},
		"platform copy": func(name, text string) []byte {
			year := strings.TrimPrefix(path.Dir(name), "synthetic-")
			return eachLine(text, func(i int, cells []string) []string {
				if i == 0 {
					return append(cells, "LA", "YEAR")
				}
				return append(cells, "Larkshire", "20"+year[5:])
			})
		},
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			changed := other(folder, form)
			c, err := ssda903.Read(changed)
			require.NoError(t, err)
			reconcile(t, changed, c)
			require.Equal(t, want.Window, c.Window)
			require.Equal(t, want.Children, c.Children)
		})
	}
}

// A return that is missing cuts off the earlier ones, and says so row by row.
func TestMissingYear(t *testing.T) {
	folder, _ := made(t, synthetic.Settings{Children: 60, Years: 4, Seed: 1, First: 2020})
	delete(folder, "synthetic-2021-22/synthetic-episodes.csv")
	c, err := ssda903.Read(folder)
	require.NoError(t, err)
	reconcile(t, folder, c)
	require.Equal(t, calendar.NewDate(2022, 4, 1), c.Window.From)
	for _, table := range c.Log.Tables {
		if table.File == "synthetic-2020-21/synthetic-episodes.csv" {
			require.Equal(t, table.Rows, table.Rejected)
		}
	}
}

// The year of the name gives way to that in which the episodes end.
func TestYearOfTheNameIsWrong(t *testing.T) {
	folder, _ := made(t, synthetic.Settings{Children: 60, Years: 1, Seed: 1, First: 2020})
	c, err := ssda903.Read(fstest.MapFS{"episodes 2023.csv": folder["synthetic-2020-21/synthetic-episodes.csv"]})
	require.NoError(t, err)
	require.Equal(t, calendar.NewDate(2020, 4, 1), c.Window.From)
	require.NotEmpty(t, c.Log.Tables[0].Note)
}

func TestNothingToRead(t *testing.T) {
	columns := "CHILD,DECOM,RNE,LS,PLACE,DEC,REC\n"
	for name, one := range map[string]struct{ file, text, says string }{
		"no table":     {"a.csv", "x,y\n1,2\n", "none of the 1 files is an Episodes table"},
		"no rows":      {"episodes 2024.csv", columns, "have no rows"},
		"a column":     {"episodes 2024.csv", "CHILD,DECOM,RNE,LS,PLACE,REC\n", "lacks the column DEC"},
		"nothing good": {"episodes 2024.csv", columns + "A,x,S,V2,U4,,\n", "line 2 of episodes 2024.csv: DECOM is empty or no date"},
	} {
		_, err := ssda903.Read(fstest.MapFS{one.file: {Data: []byte(one.text)}})
		require.ErrorContains(t, err, one.says, name)
	}
}

// The rates of the generator are in what the reader gives: moves over weeks at risk, from
// the first day seen and up to 18, within four standard errors of each.
func TestTrueRatesAreInTheStays(t *testing.T) {
	folder, truth := made(t, synthetic.Settings{Children: 3000, Years: 5, Seed: 9})
	c, err := ssda903.Read(folder)
	require.NoError(t, err)
	weeks, moves := map[string]float64{}, map[[2]string]float64{}
	for _, s := range c.Stays(ssda903.DefaultStates()) {
		from, adult := s.Start, calendar.NewDate(s.Born.Year()+18, s.Born.Month(), s.Born.Day())
		if s.Seen.After(from) {
			from = s.Seen
		}
		if s.End.Before(adult) {
			moves[[2]string{s.State, s.Next}]++
		} else {
			s.End = adult
		}
		weeks[s.State] += float64(max(s.End.Sub(from), 0)) / 7
	}
	for _, h := range truth.Hazards {
		n := moves[[2]string{h.From, h.To}]
		require.InDelta(t, h.Weekly, n/weeks[h.From], 4*h.Weekly/math.Sqrt(n), "%v: %v moves", h, n)
	}
}

func BenchmarkRead(b *testing.B) {
	folder, _ := made(b, synthetic.Settings{Children: 3000, Years: 5, Seed: 1, Faults: synthetic.Faults()})
	b.ReportAllocs()
	for b.Loop() {
		_, err := ssda903.Read(folder)
		require.NoError(b, err)
	}
}
