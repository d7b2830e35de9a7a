package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
	for _, part := range []string{"Rows of returns, 2022-04-01 to 2023-03-31", "4 stays of 2 children", "residential      1           44"} { // 124 and 183 days
		require.Contains(t, out, part)
	}
}
