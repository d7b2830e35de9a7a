package synthetic_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
)

func made(t *testing.T, s synthetic.Settings) (map[string]string, *synthetic.Truth) {
	t.Helper()
	files := map[string]string{}
	truth, err := synthetic.Write(s, func(name string, text []byte) error {
		files[name] = string(text)
		return nil
	})
	require.NoError(t, err)
	return files, truth
}

func TestSameSettingsSameBytesAndNamesThatSayWhatItIs(t *testing.T) {
	s := synthetic.Settings{Children: 80, Years: 3, Seed: 7, Faults: synthetic.Faults()}
	files, truth := made(t, s)
	again, _ := made(t, s)
	require.Equal(t, files, again)
	require.Len(t, files, 1+2*3)
	children := map[string]bool{}
	for name, text := range files {
		for part := range strings.SplitSeq(name, "/") {
			require.True(t, strings.HasPrefix(part, "synthetic-"), name)
		}
		lines := strings.Split(strings.TrimSpace(text), "\r\n")
		for _, line := range lines[1:] {
			require.True(t, strings.HasPrefix(line, "SYN0"), line)
			children[line[:9]] = true
		}
	}
	require.Len(t, children, 80+80/50)
	require.Contains(t, files["synthetic-README.txt"], "SYNTHETIC DATA")
	for _, f := range truth.Planted {
		require.Greater(t, f.Line, 1)
		require.Contains(t, files, f.File)
	}
}

// Other faults and more children leave the lives of the first as they are.
func TestFaultsChangeNoLife(t *testing.T) {
	_, clean := made(t, synthetic.Settings{Children: 80, Years: 3, Seed: 7})
	_, dirty := made(t, synthetic.Settings{Children: 80, Years: 3, Seed: 7, Faults: []string{"gap"}})
	require.Equal(t, clean.Stock, dirty.Stock)
	require.Len(t, dirty.Planted, 3)
}

func TestSettingsThatCannotBe(t *testing.T) {
	for _, one := range []struct {
		s    synthetic.Settings
		says string
	}{
		{synthetic.Settings{Children: 0, Years: 1}, "0 children: give 1 to 100,000"},
		{synthetic.Settings{Children: 1, Years: 21}, "21 years: give 1 to 20"},
		{synthetic.Settings{Children: 1, Years: 1, First: 1990}, "the first return is 1990/91"},
		{synthetic.Settings{Children: 1, Years: 1, Faults: []string{"x"}}, `"x" is no fault that can be planted: duplicate, overlap`},
		{synthetic.Settings{Children: 1, Years: 1, Hazards: []synthetic.Hazard{{From: "foster", To: "moon", Weekly: 1}}}, `a move from foster to "moon"`},
		{synthetic.Settings{Children: 1, Years: 1, Hazards: []synthetic.Hazard{{From: "foster", To: "left care", Weekly: -1}}}, "give 0 to 1"},
	} {
		_, err := synthetic.Write(one.s, func(string, []byte) error { return nil })
		require.ErrorContains(t, err, one.says)
	}
}

func Example() {
	truth, err := synthetic.Write(synthetic.Settings{Children: 50, Years: 2, Seed: 1, Faults: []string{"gap"}}, func(name string, _ []byte) error {
		fmt.Println(name)
		return nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(truth.Planted), "faults planted")
	// Output:
	// synthetic-README.txt
	// synthetic-2023-24/synthetic-header.csv
	// synthetic-2023-24/synthetic-episodes.csv
	// synthetic-2024-25/synthetic-header.csv
	// synthetic-2024-25/synthetic-episodes.csv
	// 3 faults planted
}
