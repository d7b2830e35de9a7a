package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The rows that calibrate writes can stand in a programme file, which then runs.
func TestCalibratedRowsRun(t *testing.T) {
	folder := t.TempDir()
	before, rest, _ := strings.Cut(string(scenario.Template()), "\nbackground:\n")
	_, after, _ := strings.Cut(rest, "\nages at referral:")
	for name, line := range map[string]string{"records": "testdata/spells.csv", "matrix": "--matrix testdata/after-a-quarter.csv --cycle 13"} {
		rows := filepath.Join(folder, name+"-rows.yaml")
		_, errors, code := edgeofcare(t, append(append([]string{"calibrate"}, strings.Fields(line)...), "-o", rows)...)
		require.Zero(t, code, errors)
		text, err := os.ReadFile(rows)
		require.NoError(t, err)
		require.NotContains(t, string(text), "N0", "a child")
		programme := filepath.Join(folder, name+".yaml")
		require.NoError(t, os.WriteFile(programme, []byte(before+"\n"+string(text)+"\nages at referral:"+after), 0o600))
		out, errors, code := edgeofcare(t, "run", programme, "-n", "20")
		require.Zero(t, code, errors)
		require.Contains(t, out, "Northmoor")
	}
}

func TestCalibrateSaysWhatIsWrong(t *testing.T) {
	for line, says := range map[string]string{
		"calibrate":                                                           "name a folder of SSDA903 returns",
		"calibrate nowhere.csv":                                               "nowhere.csv cannot be read",
		"calibrate testdata/spells.csv --by sex":                              "divide by age, year or cohort",
		"calibrate testdata/spells.csv --weeks-in-state 52,13":                "rising whole numbers",
		"calibrate testdata/spells.csv --least=-1":                            "0 or more",
		"calibrate --matrix testdata/after-a-quarter.csv":                     "needs --cycle",
		"calibrate testdata/spells.csv --matrix testdata/after-a-quarter.csv": "two inputs",
		"calibrate testdata/after-a-quarter.csv":                              "there is no column child",
		"calibrate --matrix testdata/spells.csv --cycle 13":                   "rows and columns must be the same states",
		"calibrate --matrix testdata/after-a-quarter.csv --cycle 0.5":         "the cycle is 0.5 weeks",
	} {
		out, errors, code := edgeofcare(t, strings.Fields(line)...)
		require.NotZero(t, code, line)
		require.Empty(t, out, line)
		require.Contains(t, errors, says, line)
	}
}

// Two children of one return: from foster to residential care, and from foster care home,
// where the child is followed to the end of the year.
func TestCalibrateReadsReturns(t *testing.T) {
	out, errors, code := edgeofcare(t, "calibrate", "testdata/invented-returns", "--no-suppress")
	require.Zero(t, code, errors)
	for _, part := range []string{"Rows of returns, 2022-04-01 to 2023-03-31", "4 stays of 2 children", "residential      1           44", "Nobody was seen to leave residential and reunified"} { // 124 and 183 days
		require.Contains(t, out, part)
	}
}

// shown are the cells of the tables of a run, by table and row.
func shown(t *testing.T, line ...string) (all [][][]report.Cell) {
	t.Helper()
	out, errors, code := edgeofcare(t, append(append([]string{"calibrate"}, line...), "-f", "json")...)
	require.Zero(t, code, errors)
	var tables []report.Table
	require.NoError(t, json.Unmarshal([]byte(out), &tables), out)
	for _, table := range tables {
		var rows [][]report.Cell
		for _, row := range table.Rows {
			rows = append(rows, row.Cells)
		}
		all = append(all, rows)
	}
	return all
}

func TestFewStaysAreNotCounted(t *testing.T) {
	out, errors, code := edgeofcare(t, "calibrate", "testdata/invented-returns")
	require.Zero(t, code, errors)
	require.Contains(t, out, "Few stays of few children")
}

// Somebody who has what is printed of small returns subtracts what can be subtracted.
func TestNoSmallCountIsShownOrLeftOver(t *testing.T) {
	hidden := 0
	for seed := range 12 {
		folder := t.TempDir()
		_, errors, code := edgeofcare(t, "synthesise", "-o", folder, "--children", "60", "--years", "3", "--faults", "all", "--seed", strconv.Itoa(seed))
		require.Zero(t, code, errors)
		for _, more := range [][]string{nil, {"--by", "age"}, {"--by", "year", "--least", "0"}, {"--weeks-in-state", "none"}, {"--least", "0"}} {
			tables := shown(t, append([]string{folder}, more...)...)
			for _, row := range tables[0] { // rows of files: used, repaired and rejected have a sum
				lacks := 0
				for _, c := range row[3:] {
					if c.Text == suppressed {
						lacks++
					}
				}
				require.True(t, lacks != 1 || row[2].Text == suppressed, row)
				hidden += lacks
			}
			for _, table := range tables[:4] { // files, rules, counts, rates
				for _, row := range table {
					for _, c := range row {
						require.False(t, c.Value != nil && c.Unit == "" && estimate.Small(int(*c.Value)) && *c.Value == math.Trunc(*c.Value), "%v", row)
					}
				}
			}
			noTotalOfHidden(t, tables)
		}
	}
	require.Positive(t, hidden)
}

// noTotalOfHidden checks that a state of which a rate is hidden has neither a total of
// moves nor a test on all of them.
func noTotalOfHidden(t *testing.T, tables [][][]report.Cell) {
	t.Helper()
	secret := map[string]bool{}
	for _, row := range tables[3] {
		for i, c := range row {
			if c.Text == suppressed && i < len(row)-5 && row[i+2].Text == suppressed { // moves and rate
				secret[row[0].Text] = true
			}
		}
	}
	for _, row := range tables[2] {
		require.True(t, !secret[row[0].Text] || row[len(row)-1].Text == suppressed, row)
	}
}

// The log names rows, and no child; it is for returns.
func TestCalibrateLog(t *testing.T) {
	folder := t.TempDir()
	returns, log := filepath.Join(folder, "returns"), filepath.Join(folder, "log.csv")
	_, errors, code := edgeofcare(t, "synthesise", "-o", returns, "--children", "60", "--years", "2", "--faults", "all", "--xml")
	require.Zero(t, code, errors)
	out, errors, code := edgeofcare(t, "calibrate", returns, "--log", log)
	require.Zero(t, code, errors)
	require.Equal(t, log+" written\n", errors) // not among the tables, which may be CSV
	require.NotContains(t, out, "written")
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Contains(t, string(text), "file,line,column,rule,rejected,text\n")
	require.Regexp(t, `synthetic-return.xml,\d+,\d+,overlap,no,`, string(text))
	require.NotContains(t, string(text), "SYN0")
	_, errors, code = edgeofcare(t, "calibrate", "testdata/spells.csv", "--log", filepath.Join(folder, "other.csv"))
	require.Equal(t, exitUsage, code)
	require.Contains(t, errors, "--log is of returns")
	require.NoFileExists(t, filepath.Join(folder, "other.csv"))
}

// Rows that rest on hidden counts say so, and how much does.
func TestRowsSayWhatIsNotTrue(t *testing.T) {
	rows := filepath.Join(t.TempDir(), "rows.yaml")
	_, errors, code := edgeofcare(t, "calibrate", "testdata/spells.csv", "-o", rows)
	require.Zero(t, code, errors)
	says := "3 of 163 moves in the rows are not the true numbers (foster to left care)"
	require.Contains(t, errors, says)
	text, err := os.ReadFile(rows)
	require.NoError(t, err)
	require.Contains(t, string(text), "# "+says)
	_, errors, code = edgeofcare(t, "calibrate", "testdata/spells.csv", "-o", rows, "--no-suppress")
	require.Zero(t, code, errors)
	require.Empty(t, errors)
}

// Between two weeks of a curve that are shown there are no moves or more than five, also
// to each destination.
func TestCurvesGiveNoFewMovesAway(t *testing.T) {
	file, err := os.Open("testdata/spells.csv")
	require.NoError(t, err)
	defer file.Close()
	spells, err := estimate.ReadSpells(file)
	require.NoError(t, err)
	e, err := (&calibrateCommand{Suppress: true, Least: 10}).estimate(spells, estimate.Settings{})
	require.NoError(t, err)
	all := 0
	for i := range e.curves {
		c := &e.curves[i]
		weeks, to := e.shownWeeks(c), e.shownDestinations(c)
		require.Subset(t, weeks, e.shownMarks(c))
		require.Subset(t, weeks, to)
		for k := 1; k < len(weeks); k++ {
			n := 0
			for _, moves := range c.Moves {
				n += moves[weeks[k]] - moves[weeks[k-1]]
			}
			require.False(t, estimate.Small(n), "weeks %d to %d", weeks[k-1], weeks[k])
		}
		for k := 1; k < len(to); k++ {
			for _, moves := range c.Moves {
				require.False(t, estimate.Small(moves[to[k]]-moves[to[k-1]]), "weeks %d to %d", to[k-1], to[k])
			}
		}
		all += len(weeks) + len(to)
	}
	require.Greater(t, all, 20)
}

func TestCalibrateWritesCurves(t *testing.T) {
	curves := filepath.Join(t.TempDir(), "curves.csv")
	for _, flag := range []string{"--suppress", "--no-suppress"} {
		_, errors, code := edgeofcare(t, "calibrate", "testdata/spells.csv", "--curves", curves, flag)
		require.Zero(t, code, errors)
		text, err := os.ReadFile(curves)
		require.NoError(t, err)
		require.Contains(t, string(text), "state,cohort,share,week,at_risk,seen,low_95,high_95,fitted\n")
		require.Contains(t, string(text), "\nresidential,,gone to foster,0,")
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), byteOrderMark))).ReadAll()
		require.NoError(t, err)
		sum := map[string]float64{} // still there and gone, at a week
		parts := map[string]int{}
		for _, row := range rows[1:] {
			seen, err := strconv.ParseFloat(row[5], 64)
			require.NoError(t, err)
			sum[row[0]+row[3]] += seen
			parts[row[0]+row[3]]++
			require.Equal(t, flag == "--suppress", row[4] == suppressed)
		}
		for at, n := range parts {
			require.True(t, n == 1 || math.Abs(sum[at]-1) < 1e-5, at)
		}
	}
}

// Where children were found in place of when they moved: 120 of 400 went one way within a
// quarter and 40 of 400 the other, so that the eigenvalue of a quarter is 0.6.
func TestCalibrateReadsVisits(t *testing.T) {
	folder := t.TempDir()
	visits := filepath.Join(folder, "visits.csv")
	var text strings.Builder
	text.WriteString("On,child,state\n2024-01-01,alone,secure\n")
	for child := range 800 {
		from, to, moved := "foster", "residential", child < 120
		if child >= 400 {
			from, to, moved = to, from, child < 440
		}
		if !moved {
			to = from
		}
		fmt.Fprintf(&text, "2024-01-01,N%d,%s\n01/04/2024,N%d,%s\n", child, from, child, to)
	}
	require.NoError(t, os.WriteFile(visits, []byte(text.String()), 0o600))
	rows := filepath.Join(folder, "rows.yaml")
	out, errors, code := edgeofcare(t, "calibrate", visits, "-o", rows)
	require.Zero(t, code, errors)
	// −ln(0.6)/13 is 0.0393 in all, of which 0.75 and 0.25: 0.02947 and 0.00982 in 91 days.
	for _, part := range []string{"1,601 visits", "foster       residential              120", "2.904%", "0.978%"} {
		require.Contains(t, out, part)
	}
	written, err := os.ReadFile(rows)
	require.NoError(t, err)
	require.Contains(t, string(written), "by maximum likelihood")
	require.NotContains(t, string(written), "N1")
	for line, says := range map[string]string{
		" --moves foster":                        "write two states with to between them",
		" --by age":                              "--by",
		" --moves=foster_to_moon,moon_to_foster": `children were 880 times found in "residential", which is in none of the moves`,
	} {
		arguments := append([]string{"calibrate", visits}, spoken(strings.TrimSpace(line))...)
		_, errors, code = edgeofcare(t, arguments...)
		require.NotZero(t, code)
		require.Contains(t, errors, says)
	}
	_, errors, code = edgeofcare(t, "calibrate", "testdata/spells.csv", "--moves", "foster to residential")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errors, "--moves is of visits")
}

// Three children who moved are not shown, nor is the number of those who stayed.
func TestFewVisitsAreHidden(t *testing.T) {
	folder := t.TempDir()
	visits := filepath.Join(folder, "visits.csv")
	var text strings.Builder
	text.WriteString("child,on,state\n")
	for child := range 60 {
		to := "foster"
		if child < 3 {
			to = "reunified"
		}
		fmt.Fprintf(&text, "%d,2024-01-01,foster\n%d,2024-04-01,%s\n", child, child, to)
	}
	require.NoError(t, os.WriteFile(visits, []byte(text.String()), 0o600))
	out, errors, code := edgeofcare(t, "calibrate", visits)
	require.Zero(t, code, errors)
	require.Equal(t, 5, strings.Count(out, suppressed)-1, out) // two counts, a rate with its ends, and the note
	rows := filepath.Join(folder, "rows.yaml")
	_, errors, code = edgeofcare(t, "calibrate", visits, "-o", rows)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "--no-suppress writes them")
	require.NoFileExists(t, rows)
	_, errors, code = edgeofcare(t, "calibrate", visits, "-o", rows, "--no-suppress")
	require.Zero(t, code, errors)
}

// The commands of the page on returns print, or write, what stands there.
func TestPageOnReturnsShowsWhatIsPrinted(t *testing.T) {
	page, err := os.ReadFile("../../docs/returns.md")
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	var all strings.Builder
	blocks := regexp.MustCompile("(?s)```(sh|text)\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	for _, block := range blocks {
		for line := range strings.Lines(block[2]) {
			words, _, _ := strings.Cut(strings.TrimSpace(line), "  #")
			if block[1] == "sh" {
				out, errors, code := edgeofcare(t, strings.Fields(words)[1:]...)
				require.Zero(t, code, errors)
				all.WriteString(out)
			}
		}
	}
	log, err := os.ReadFile("repairs.csv")
	require.NoError(t, err)
	all.Write(log)
	for _, block := range blocks {
		for line := range strings.Lines(block[2]) {
			require.True(t, block[1] == "sh" || strings.Contains(all.String(), line), line)
		}
	}
}
