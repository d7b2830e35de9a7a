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
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 110, line)
	}
	require.Contains(t, text, "ssumed delivery costs")
	require.Contains(t, text, "internal rate of return")
	rows := tables[0].Rows
	require.Equal(t, "without stress", rows[0][0])
	require.Equal(t, []string{"WORST FIRST: THE SMALLER THE MEAN SURPLUS"}, rows[1])
	require.Equal(t, Percent(s.Unstressed.Short.Probability), rows[0][3])
	for i, one := range s.WorstFirst(sensitivity.BySurplus) {
		require.Equal(t, one.Name, rows[i+2][0])
		require.Equal(t, Money(one.Surplus.Mean/1e3)+"k", rows[i+2][4])
		require.Equal(t, one.Name, tables[1].Rows[i][0])
	}
	requireFigures(t, StressFigures(s, sensitivity.ByShortfall), 4)
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
		"2% today; would reach 10% at × 0.71 or less (10% ± 1%)": {
			Found: true, Neutral: at(1, 0.02), Crossings: []sensitivity.Crossing{crossing(0.71, 0.1)},
		},
		"2% today; would reach 10% at × 0.71 or less (10% ± 1%), and at × 1.5 or more (12% ± 1%)": {
			Found: true, Neutral: at(1, 0.02), Crossings: []sensitivity.Crossing{crossing(0.71, 0.1), crossing(1.5, 0.12)},
		},
		"2% today, and never 10% within the range: at worst 4%, at × 2": {Neutral: at(1, 0.02), Extreme: at(2, 0.04)},
		"40% today; would be below 10% at × 0.93 or less (9.8% ± 1%)": {
			Already: true, Found: true, Neutral: at(1, 0.4), Crossings: []sensitivity.Crossing{crossing(0.93, 0.098)},
		},
		"40% today, and never below 10% within the range: at best 20%, at × 0.5": {
			Already: true, Neutral: at(1, 0.4), Extreme: at(0.5, 0.2),
		},
		"40% today, and never below 10% within the range: at best as it is today": {
			Already: true, Neutral: at(1, 0.4), Extreme: at(1, 0.4),
		},
	} {
		a.Driver = driver
		require.Equal(t, want, answerInWords(a, 0.1))
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
	for _, event := range []string{montecarlo.FacilityShort, montecarlo.LosesMoney} {
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
			require.Equal(t, answerInWords(a, 0.25), tables[i].Rows[k][1])
		}
	}
	requireFigures(t, ReversedFigures(all), 6)
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
		"as stated", "never one number", "rests on the 4 replications", "4 of 40",
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

// One investor's loss and return are named as its own, in columns and notes.
func TestStressesOfOneInvestor(t *testing.T) {
	d, p, o := mediumDN2(t)
	for _, i := range p.Facility.Investors {
		o.Party = i.Name
		s, err := sensitivity.Stress(context.Background(), d, []string{"tariffs cut by 10%"}, o)
		require.NoError(t, err)
		text := printed(t, Stresses(s, sensitivity.ByHurdle, p)...)
		for line := range strings.Lines(text) {
			require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 110, line)
		}
		words := strings.Join(strings.Fields(text), " ")
		require.Contains(t, words, "Loses: probability that "+i.Name+" gets back less")
		require.Contains(t, words, strings.ToUpper("that "+i.Name+" earns less than the hurdle"))
		require.NotContains(t, words, "onsortium")
		require.Equal(t, i.Name, StressFigures(s, sensitivity.ByHurdle).Rows[0][3])
	}
	require.Equal(t, "Polaris loses money", inWords(montecarlo.LosesMoney, "Polaris"))
	require.Equal(t, "investors earn less than the hurdle", inWords(montecarlo.MissesHurdle, ""))
}

func TestCasesInWords(t *testing.T) {
	for name, want := range map[string]string{
		"":                          "the programme as it stands",
		"medium":                    "the medium case",
		"medium, with flat tariffs": "the medium case, with flat tariffs",
		"with flat tariffs":         "the programme with flat tariffs",
	} {
		require.Equal(t, want, caseInWords(name))
	}
	require.Equal(t, "the medium case under stress", stressTitle("medium"))
	require.Equal(t, "the medium case, with flat tariffs, under stress", stressTitle("medium, with flat tariffs"))
}

// Where no facility is enough, or what is needed is not known, the terms say why.
func TestSizesSayWhyThereIsNone(t *testing.T) {
	p := template(t, "facility.draws until=2026-12-31")
	s, err := sensitivity.Size(context.Background(), p, 0.9, montecarlo.Options{Seed: 1, Replications: 20})
	require.NoError(t, err)
	require.False(t, s.Drawn.Found)
	text := strings.Join(strings.Fields(printed(t, Sizes([]*sensitivity.Sizing{s}, []*model.Programme{p}, nil)...)), " ")
	for _, want := range []string{
		"none is*", "not known†", "* None is: however large, no facility is enough in 90% of 20 replications.", "nothing can be drawn after 31 December 2026",
		"† Not known: what a replication needs depends on how large the facility is, as money is", "drawn until 31 December 2026",
		"Costs fall on month ends",
	} {
		require.Contains(t, text, want)
	}
	require.Equal(t, ", as money is drawn on schedule, drawn in tranches, at interest, with a preferred return",
		onSize(&model.Facility{Drawing: model.OnSchedule, Tranches: []model.Tranche{{}}, Interest: 0.1, PreferredReturn: 0.1}))
	scheduled := &model.Programme{Facility: &model.Facility{Drawing: model.OnSchedule, Tranches: []model.Tranche{{}, {}}, Interest: 0.1}}
	for _, want := range []string{"before the first tranche", "only a part", "is repaid", "more interest"} {
		require.Contains(t, noneIsNote(s, scheduled), want)
	}
	require.Equal(t, "* None is: however large, no facility is enough in 90% of 20 replications.", noneIsNote(s, &model.Programme{}))
}
