package numbered_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/numbered"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Every probability of a programme is found again under its number, and the programme
// that was numbered is as it was.
func TestEveryRateHasItsNumber(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	before, err := d.Version("base")
	require.NoError(t, err)
	p, rows := numbered.Programme(v.Programme)
	require.Equal(t, before.Programme, v.Programme)
	var rates []float64
	for i := range rows {
		rates, err = rows[i].Collect(v.Programme, rates)
		require.NoError(t, err)
	}
	found := 0
	same := func(numbers, row markov.Row) {
		for i := range row {
			for j, move := range row[i].Moves {
				require.Equal(t, move.Probability, rates[int(numbers[i].Moves[j].Probability)])
				found++
			}
		}
	}
	for state, row := range v.Programme.Background {
		same(p.Background[state], row)
	}
	for i, c := range v.Programme.Cohorts {
		same(p.Cohorts[i].Failure, c.Failure)
		for state, row := range c.Background {
			same(p.Cohorts[i].Background[state], row)
		}
	}
	require.Len(t, rates, found)
	require.NotZero(t, found)
}

// A move to somewhere else, a week more and a row less are no rates of the same programme.
func TestRatesInOtherPlacesAreRefused(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	_, rows := numbered.Programme(v.Programme)
	failure := rows[len(rows)-1]
	require.Empty(t, failure.State)
	row := func() markov.Row { return v.Programme.Cohorts[failure.Cohort].Failure }
	original := row()
	for what, change := range map[string]func(){
		"a move to somewhere else": func() { row()[0].Moves[0].To = "edge of care" },
		"a week more":              func() { row()[0].In.To++ },
		"a move less":              func() { row()[0].Moves = row()[0].Moves[1:] },
		"a row less":               func() { v.Programme.Cohorts[failure.Cohort].Failure = nil },
	} {
		v.Programme.Cohorts[failure.Cohort].Failure = numbered.Clone(original)
		change()
		_, err := failure.Collect(v.Programme, nil)
		require.ErrorContains(t, err, "a planned placement", what)
	}
}
