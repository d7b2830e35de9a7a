package estimate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
)

func TestReadSpells(t *testing.T) {
	spells, err := estimate.ReadSpells(strings.NewReader("\ufeffState, CHILD,start,end,next,born\nfoster,A-17,2021-04-01,01/05/2021,residential,2009-02-03\nfoster,B,2021-04-01,2021-04-08,,\nresidential,A-17,2021-05-01,2021-06-01,,2009-02-03\n"))
	require.NoError(t, err)
	require.Equal(t, []estimate.Spell{
		{Child: 1, State: "foster", Next: "residential", Start: day(2021, 4, 1), End: day(2021, 5, 1), Born: day(2009, 2, 3)},
		{Child: 2, State: "foster", Start: day(2021, 4, 1), End: day(2021, 4, 8)},
		{Child: 1, State: "residential", Start: day(2021, 5, 1), End: day(2021, 6, 1), Born: day(2009, 2, 3)},
	}, spells)
}

func TestSpellFaultsHaveLinesAndNoChild(t *testing.T) {
	_, err := estimate.ReadSpells(strings.NewReader("child,state,start,end\nSECRET,foster,2021-04-31,soon\nSECRET,,2021-04-01,2021-04-02\n,foster,2021-04-01,2021-04-02\nSECRET,foster\n\"SECRET\n"))
	for _, part := range []string{
		"line 2: the end is not a date", "the start is not a date", "line 3: it has no state", "line 4: the child is not given", "line 5: wrong number of fields", "line 6: ",
	} {
		require.ErrorContains(t, err, part)
	}
	require.NotContains(t, err.Error(), "SECRET")
	_, err = estimate.ReadSpells(strings.NewReader("child,name,child,start\n"))
	for _, part := range []string{"column 2 has none of the names child, ", "two columns are called child", "no column state", "no column end"} {
		require.ErrorContains(t, err, part)
	}
	_, err = estimate.ReadSpells(strings.NewReader("child,state,start,end\n"))
	require.ErrorContains(t, err, "no spell")
	_, err = estimate.ReadSpells(strings.NewReader(""))
	require.ErrorContains(t, err, "must name the columns")
	_, err = estimate.ReadSpells(strings.NewReader("child,state,start,end\n" + strings.Repeat("A,,,\n", 50)))
	require.ErrorContains(t, err, "only the first 20")
}

func TestReadVisits(t *testing.T) {
	visits, err := estimate.ReadVisits(strings.NewReader("\ufeffState,child,on\nfoster,A-17,2021-04-01\nhome,B,01/05/2021\nhome,A-17,01/05/2021\n"))
	require.NoError(t, err)
	require.Equal(t, []estimate.Visit{
		{Child: 1, On: day(2021, 4, 1), State: "foster"}, {Child: 2, On: day(2021, 5, 1), State: "home"}, {Child: 1, On: day(2021, 5, 1), State: "home"},
	}, visits)
	_, err = estimate.ReadVisits(strings.NewReader("child,on,state\nSECRET,soon,foster\nSECRET,2021-04-01,\n,2021-04-01,foster\nSECRET,,foster\n"))
	for _, part := range []string{"line 2: the day is not a date", "line 3: it has no state", "line 4: the child is not given", "line 5: the day is not a date"} {
		require.ErrorContains(t, err, part)
	}
	require.NotContains(t, err.Error(), "SECRET")
	_, err = estimate.ReadVisits(strings.NewReader("child,on,state\n"))
	require.ErrorContains(t, err, "no visit")
}

func FuzzReadVisits(f *testing.F) {
	f.Add("child,on,state\nA,2021-04-01,foster\nA,01/05/2021,home\n")
	f.Add("child,on,state\n\"A\n")
	f.Fuzz(func(t *testing.T, text string) {
		visits, err := estimate.ReadVisits(strings.NewReader(text))
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		for _, v := range visits {
			require.False(t, v.On.IsZero() || v.State == "")
		}
	})
}

func FuzzReadSpells(f *testing.F) {
	f.Add("child,state,start,end\nA,foster,2021-04-01,01/05/2021\n")
	f.Add("\ufeffchild,state,start,end,next,seen,born,cohort\nA,foster,2021-04-01,2021-05-01,home,,29/02/2004,c\n")
	f.Add("child,state,start,end\n\"A\n")
	f.Fuzz(func(t *testing.T, text string) {
		spells, err := estimate.ReadSpells(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, weekly := range []bool{false, true} {
			_, err = estimate.Count(spells, estimate.Settings{InState: []int{13}, Ages: []int{16}, Cohorts: true, Weekly: weekly})
			require.NoError(t, err)
		}
	})
}
