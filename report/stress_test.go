package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func mediumDN2(t *testing.T) (*scenario.Document, *model.Programme, sensitivity.Options) {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	p, err := d.Programme("medium")
	require.NoError(t, err)
	return d, p, sensitivity.Options{Case: "medium", Run: montecarlo.Options{Seed: 1, Replications: 40}}
}

// The case as it stands comes first, then the stresses in the order asked for,
// with the figures of the runs.
func TestStresses(t *testing.T) {
	d, p, o := mediumDN2(t)
	s, err := sensitivity.Stress(context.Background(), d, []string{"referrals down 20%", scenario.AllAtOnce, "tariffs cut by 10%"}, o)
	require.NoError(t, err)
	tables := Stresses(s, sensitivity.BySurplus, p)
	text := printed(t, tables...)
	for line := range strings.Lines(text) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 120, line)
	}
	require.Contains(t, text, "ssumed delivery costs")
	require.Contains(t, text, "smaller the mean surplus")
	require.Contains(t, text, "internal rate of return")
	rows := tables[0].Rows
	require.Equal(t, "as it stands", rows[0][0])
	require.Equal(t, Percent(s.Unstressed.Short.Probability), rows[0][3])
	for i, one := range s.WorstFirst(sensitivity.BySurplus) {
		require.Equal(t, one.Name, rows[i+1][0])
		require.Equal(t, Money(one.Surplus.Mean/1e3)+"k", rows[i+1][4])
		require.Equal(t, one.Name, tables[1].Rows[i][0])
	}
	requireFigures(t, StressFigures(s, sensitivity.ByShortfall), 3)
}

// requireFigures checks that all but the columns of text are numbers in CSV.
func requireFigures(t *testing.T, table Table, text int) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Write(&b, CSV, table))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, len(table.Rows)+1)
	for _, row := range rows[1:] {
		for i, cell := range row {
			if i < text || cell == "" {
				continue
			}
			_, err := strconv.ParseFloat(cell, 64)
			require.NoError(t, err, rows[0][i])
		}
	}
}

func TestAStressIsNoFormula(t *testing.T) {
	s := &sensitivity.Stresses{Programme: "p", Case: "c", Stressed: []sensitivity.Stressed{{Name: "=1+1"}}}
	var b bytes.Buffer
	require.NoError(t, Write(&b, CSV, StressFigures(s, sensitivity.ByFacility)))
	require.Contains(t, b.String(), ",'=1+1,")
}

func TestAnswersInWords(t *testing.T) {
	driver := sensitivity.Driver{Name: "referrals", Unit: "×", From: 0.5, To: 2, Neutral: 1}
	at := func(value, probability float64) sensitivity.Tried {
		return sensitivity.Tried{Value: value, Probability: probability, StdErr: 0.01}
	}
	crossing := func(value, probability float64) sensitivity.Crossing {
		return sensitivity.Crossing{Tried: at(value, probability)}
	}
	for want, a := range map[string]sensitivity.Answer{
		"× 0.71 (10% ± 1%): the facility runs dry with 10%": {
			Found: true, Neutral: at(1, 0.02), Crossings: []sensitivity.Crossing{crossing(0.71, 0.1)},
		},
		"× 0.71 (10% ± 1%), and at × 1.5 (12% ± 1%): the facility runs dry with 10%": {
			Found: true, Neutral: at(1, 0.02), Crossings: []sensitivity.Crossing{crossing(0.71, 0.1), crossing(1.5, 0.12)},
		},
		"never within the range: at worst 4%, at × 2": {Neutral: at(1, 0.02), Extreme: at(2, 0.04)},
		"already at 40%: would have to be × 0.93 (9.8% ± 1%) for less than 10%": {
			Already: true, Found: true, Neutral: at(1, 0.4), Crossings: []sensitivity.Crossing{crossing(0.93, 0.098)},
		},
		"already at 40%, never below 10% in the range: at best 20%, at × 0.5": {
			Already: true, Neutral: at(1, 0.4), Extreme: at(0.5, 0.2),
		},
	} {
		a.Driver = driver
		require.Equal(t, want, answerInWords(a, sensitivity.FacilityShort, 0.1))
	}
}

// A line for each driver and event, which says what the search found.
func TestReversed(t *testing.T) {
	d, p, o := mediumDN2(t)
	var drivers []sensitivity.Driver
	for _, driver := range sensitivity.Drivers(d) {
		if driver.Name == sensitivity.DeliveryCost || driver.Name == sensitivity.Tariffs {
			drivers = append(drivers, driver)
		}
	}
	require.Len(t, drivers, 2)
	var all []*sensitivity.Reversed
	for _, event := range []sensitivity.Event{sensitivity.FacilityShort, sensitivity.LosesMoney} {
		r, err := sensitivity.Reverse(context.Background(), d, drivers, event, 0.25, o)
		require.NoError(t, err)
		all = append(all, r)
	}
	tables := Reversed(all, p)
	require.Len(t, tables, 2)
	text := printed(t, tables...)
	require.Contains(t, text, "probability of 25% that the facility runs dry")
	require.Contains(t, text, "that investors lose money")
	require.Equal(t, 1, strings.Count(text, "Assumed delivery costs;"))
	for i, r := range all {
		for k, a := range r.Answers {
			require.Equal(t, a.Driver.Name, tables[i].Rows[k][0])
			require.Equal(t, answerInWords(a, r.Event, 0.25), tables[i].Rows[k][1])
		}
	}
	requireFigures(t, ReversedFigures(all), 5)
}

func TestSizes(t *testing.T) {
	d, p, o := mediumDN2(t)
	s, err := sensitivity.Size(context.Background(), p, 0.9, o.Run)
	require.NoError(t, err)
	cost := sensitivity.Driver{
		Name: "cost", Unit: "×", From: 0.8, To: 1.2, Neutral: 1, Step: 0.1,
		Changes: []sensitivity.Change{{Path: "delivery.scale", Does: sensitivity.Multiply}},
	}
	curve, err := sensitivity.Curve(context.Background(), d, cost, []float64{0.8, 1, 1.2}, o)
	require.NoError(t, err)
	sizings, curves := []*sensitivity.Sizing{s}, []*sensitivity.Curved{curve}
	tables := Sizes(sizings, []*model.Programme{p}, curves)
	require.Len(t, tables, 2)
	text := strings.Join(strings.Fields(printed(t, tables...)), " ")
	for _, want := range []string{
		"enough with 90%", "Assumed delivery costs", Money(s.Recycled.Facility), Money(s.Drawn.Facility), Money(*s.Commitment),
		"as stated", "never as one number", "rests on the 4 replications", "4 of 40",
	} {
		require.Contains(t, text, want)
	}
	for i, point := range curve.Points {
		require.True(t, strings.HasPrefix(tables[1].Rows[i][1], Percent(point.Capital.Short.Probability)))
	}
	for i, table := range SizeFigures(sizings, curves) {
		requireFigures(t, table, []int{3, 2}[i])
	}

	none := &sensitivity.Sizing{Case: "none", Confidence: 0.9, Conventions: s.Conventions}
	require.Contains(t, printed(t, Sizes([]*sensitivity.Sizing{none}, []*model.Programme{p}, nil)...), "none is")
	requireFigures(t, SizeFigures([]*sensitivity.Sizing{none}, nil)[0], 3)
}
