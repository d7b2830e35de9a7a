package report

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func mediumDN2(t *testing.T) (*scenario.Version, sensitivity.Options) {
	t.Helper()
	return versionsOf(t, "dn2", "medium")[0], sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: 40}}
}

// The case as it stands comes first, then the stresses in the order asked for,
// with the figures of the runs.
func TestStresses(t *testing.T) {
	v, o := mediumDN2(t)
	s, err := sensitivity.Stress(context.Background(), v, []string{"referrals down 20%", scenario.AllAtOnce, "tariffs cut by 10%"}, o)
	require.NoError(t, err)
	tables := Stresses(s, sensitivity.BySurplus)
	text := printed(t, tables...)
	require.Contains(t, text, "ssumed delivery costs")
	require.Contains(t, text, "internal rate of return")
	require.Contains(t, text, "WORST FIRST: THE SMALLEST MEAN SURPLUS")
	require.Equal(t, []string{
		"stress", "facility P50", "facility P95", "facility not enough", "surplus", "consortium loses", "consortium real IRR P50", "outcome payments", "net public saving",
	}, tables[0].headings())
	rows := tables[0].Rows
	require.Equal(t, "without stress", rows[0].Cells[0].Text)
	require.Equal(t, Row{Heading: "Worst first: the smallest mean surplus"}, rows[1])
	require.Equal(t, words.Percent(s.Unstressed.Short.Probability), rows[0].Cells[3].Text)
	for i, one := range s.WorstFirst(sensitivity.BySurplus) {
		require.Equal(t, one.Name, rows[i+2].Cells[0].Text)
		for k, want := range map[int]float64{
			1: quantileOf(one.FacilityNeeded, 0.5).Value, 2: quantileOf(one.FacilityNeeded, 0.95).Value, 3: one.Short.Probability,
			4: one.Surplus.Mean, 5: one.Loses.Probability, 7: one.Payments.Mean, 8: one.NetPublic.Mean,
		} {
			require.Equal(t, want, *rows[i+2].Cells[k].Value, tables[0].Columns[k].Heading)
		}
		require.Equal(t, words.Thousands(one.Surplus.Mean), rows[i+2].Cells[4].Text)
		require.Equal(t, one.Name, tables[1].Rows[i].Cells[0].Text)
	}
	requireFigures(t, tables[2])
}

// requireFigures checks that a table for a spreadsheet has numbers where it has
// figures, and every figure that it has.
func requireFigures(t *testing.T, table Table) {
	t.Helper()
	require.True(t, table.Sheet)
	rows := sheets(t, []Table{table})
	require.Len(t, rows, len(table.Rows)+1)
	for n, row := range rows[1:] {
		for i, cell := range row {
			if table.Columns[i].Text || cell == "" {
				require.Nil(t, table.Rows[n].Cells[i].Value)
				continue
			}
			v, err := strconv.ParseFloat(cell, 64)
			require.NoError(t, err, rows[0][i])
			require.InDelta(t, *table.Rows[n].Cells[i].Value, v, 1e-6)
		}
	}
}

func TestAStressIsNoFormula(t *testing.T) {
	s := &sensitivity.Stresses{Version: &scenario.Version{Programme: &model.Programme{}}, Stressed: []sensitivity.Stressed{{Name: "=1+1"}}}
	rows := sheets(t, Stresses(s, sensitivity.ByFacility))
	require.Equal(t, "'=1+1", rows[2][2])
}

func TestAnswersInWords(t *testing.T) {
	driver := sensitivity.Driver{Name: "referrals", Unit: "×", From: 0.5, To: 2, Neutral: 1}
	at := func(value, probability float64) sensitivity.Tried {
		return sensitivity.Tried{Value: value, ProbabilityOf: montecarlo.ProbabilityOf{Probability: probability, StdErr: new(0.01), Replications: 2000}}
	}
	crossing := func(value, probability float64) sensitivity.Crossing {
		return sensitivity.Crossing{Tried: at(value, probability)}
	}
	for want, a := range map[string]sensitivity.Answer{
		"2% today; would reach 10% at × 0.71 or less (10% ± 1%)": {
			Found: true, Neutral: at(1, 0.02), Crossings: []sensitivity.Crossing{crossing(0.71, 0.1)},
		},
		"2% today; would reach 10% at × 0.71 or less (10% ± 1%) and at × 1.5 or more (12% ± 1%)": {
			Found: true, Neutral: at(1, 0.02), Crossings: []sensitivity.Crossing{crossing(0.71, 0.1), crossing(1.5, 0.12)},
		},
		"2% today, and never 10% within the range: at worst 4%, at × 2": {Neutral: at(1, 0.02), Extreme: at(2, 0.04)},
		"40% today; would be below 10% at × 0.93 or less (9.8% ± 1%)": {
			Already: true, Found: true, Neutral: at(1, 0.4), Crossings: []sensitivity.Crossing{crossing(0.93, 0.098)},
		},
		"40% today, and never below 10% within the range: at best 20%, at × 0.5": {
			Already: true, Neutral: at(1, 0.4), Extreme: at(0.5, 0.2),
		},
		"40% today, and never below 10% within the range: at best as it is today, because no other value in the range is clearly better": {
			Already: true, Neutral: at(1, 0.4), Extreme: at(1, 0.4),
		},
		"2% today, and never 10% within the range: at worst 4%, at × 0.5, because receipts and cost of delivery fall together (by £60,000 and £50,000 at × 0.5)": {
			Neutral: at(1, 0.02), Extreme: at(0.5, 0.04), Moves: []sensitivity.Moved{
				{Measure: montecarlo.Receipts, Today: 120_000, Value: 0.5, Then: 60_000}, {Measure: montecarlo.DeliveryCost, Today: 100_000, Value: 0.5, Then: 50_000},
			},
		},
		"2% today, and never 10% within the range: at worst 4%, at × 0.5, because receipts fall by only £1,000 at × 0.5": {
			Neutral: at(1, 0.02), Extreme: at(0.5, 0.04), Moves: []sensitivity.Moved{
				{Measure: montecarlo.Receipts, Today: 120_000, Value: 0.5, Then: 119_000}, {Measure: montecarlo.DeliveryCost, Today: 100_000, Value: 0.5, Then: 100_400},
			},
		},
		"2% today, and never 10% within the range: at worst 4%, at × 2, because cost of delivery rises by only £3,000 at × 2": {
			Neutral: at(1, 0.02), Extreme: at(2, 0.04), Moves: []sensitivity.Moved{
				{Measure: montecarlo.Receipts, Today: 120_000, Value: 2, Then: 120_000}, {Measure: montecarlo.DeliveryCost, Today: 100_000, Value: 2, Then: 103_000},
			},
		},
		"2% today, and never 10% within the range: at worst 4%, at × 2, because gross avoided cost falls by only £9,000 and outcome payments rise by only £3,000 at × 2": {
			Neutral: at(1, 0.02), Extreme: at(2, 0.04), Moves: []sensitivity.Moved{
				{Measure: montecarlo.Avoided, Today: 120_000, Value: 2, Then: 111_000}, {Measure: montecarlo.Payments, Today: 100_000, Value: 2, Then: 103_000},
			},
		},
		"2% today, and never 10% within the range: at worst as it is today, because it moves neither receipts nor cost of delivery, only when they fall due": {
			Neutral: at(1, 0.02), Extreme: at(1, 0.02), Moves: []sensitivity.Moved{
				{Measure: montecarlo.Receipts, Today: 120_000, Value: 2, Then: 120_000}, {Measure: montecarlo.DeliveryCost, Today: 100_000, Value: 2, Then: 100_000},
			},
		},
	} {
		a.Driver = driver
		require.Equal(t, want, answerInWords(a, 0.1))
	}
}

// A line for each driver and event, which says what the search found.
func TestReversed(t *testing.T) {
	v, o := mediumDN2(t)
	var drivers []sensitivity.Driver
	for _, driver := range sensitivity.Drivers(v.Document()) {
		if driver.Name == sensitivity.DeliveryCost || driver.Name == "tariffs" {
			drivers = append(drivers, driver)
		}
	}
	require.Len(t, drivers, 2)
	var all []*sensitivity.Reversed
	for _, event := range []string{montecarlo.FacilityShort, montecarlo.LosesMoney} {
		r, err := sensitivity.Reverse(context.Background(), v, drivers, event, 0.25, o)
		require.NoError(t, err)
		all = append(all, r)
	}
	tables := Reversed(all)
	require.Len(t, tables, 3)
	text := printed(t, tables...)
	require.Contains(t, text, "probability of 25% that the facility is not enough")
	require.Contains(t, text, "that investors lose money")
	require.Equal(t, 1, strings.Count(text, "Assumed delivery costs;"))
	for i, r := range all {
		for k, a := range r.Answers {
			require.Equal(t, a.Driver.Name, tables[i].Rows[k].Cells[0].Text)
			require.Equal(t, answerInWords(a, 0.25), tables[i].Rows[k].Cells[1].Text)
		}
	}
	requireFigures(t, tables[2])
}

func TestSizes(t *testing.T) {
	v, o := mediumDN2(t)
	s, err := sensitivity.Size(context.Background(), v, 0.9, o.Run)
	require.NoError(t, err)
	cost := sensitivity.Driver{
		Name: "cost", Unit: "×", From: 0.8, To: 1.2, Neutral: 1, Step: 0.1,
		Changes: []sensitivity.Change{{Path: "delivery.scale", Does: sensitivity.Multiply}},
	}
	curve, err := sensitivity.Curve(context.Background(), v, cost, []float64{0.8, 1, 1.2}, o)
	require.NoError(t, err)
	sizings, curves := []*sensitivity.Sizing{s}, []*sensitivity.Curved{curve}
	tables := Sizes(sizings, curves)
	require.Len(t, tables, 4)
	text := strings.Join(strings.Fields(printed(t, tables...)), " ")
	for _, want := range []string{
		"Facility needed for 90% confidence", "Assumed delivery costs", words.Pounds(s.Recycled.Facility), words.Pounds(s.Drawn.Facility), words.Pounds(*s.Commitment),
		"as stated", "a curve and not one number", "rests on the 4 replications", "4 of 40",
	} {
		require.Contains(t, text, want)
	}
	for i, point := range curve.Points {
		require.Equal(t, point.Capital.Short.Probability, *tables[1].Rows[i].Cells[1].Value)
	}
	requireFigures(t, tables[2])
	requireFigures(t, tables[3])

	none := &sensitivity.Sizing{Version: v, Confidence: 0.9, Conventions: s.Conventions}
	tables = Sizes([]*sensitivity.Sizing{none}, nil)
	require.Contains(t, printed(t, tables...), "none*")
	require.Len(t, tables, 2)
	requireFigures(t, tables[1])
}

// One investor's loss and return are named as its own, in columns and notes.
func TestStressesOfOneInvestor(t *testing.T) {
	v, o := mediumDN2(t)
	for _, i := range v.Programme.Facility.Investors {
		o.Party = i.Name
		s, err := sensitivity.Stress(context.Background(), v, []string{"tariffs cut by 10%"}, o)
		require.NoError(t, err)
		tables := Stresses(s, sensitivity.ByHurdle)
		shown := strings.Join(strings.Fields(printed(t, tables...)), " ")
		require.Contains(t, shown, "Loses: probability that "+i.Name+" gets back less")
		require.Contains(t, shown, strings.ToUpper("that "+i.Name+" earns less than the hurdle"))
		require.NotContains(t, shown, "onsortium")
		require.Equal(t, i.Name, tables[2].Rows[0].Cells[3].Text)
	}
	require.Equal(t, "Polaris loses money", inWords(montecarlo.LosesMoney, "Polaris"))
	require.Equal(t, "investors earn less than the hurdle", inWords(montecarlo.MissesHurdle, ""))
}

func TestCaseLine(t *testing.T) {
	require.Equal(t, "The programme as it stands", caseLine(&scenario.Version{}))
	flat := &scenario.Version{Case: "medium", Layers: []scenario.Layer{{Kind: "variant", Name: "flat tariffs"}}}
	require.Equal(t, "Case: medium + flat tariffs", caseLine(flat))
}

// Where no facility is enough, or what is needed is not known, the terms say why.
func TestSizesSayWhyThereIsNone(t *testing.T) {
	v := template(t, "facility.draws until=2026-12-31")
	s, err := sensitivity.Size(context.Background(), v, 0.9, montecarlo.Options{Seed: 1, Replications: 20})
	require.NoError(t, err)
	require.False(t, s.Drawn.Found)
	text := strings.Join(strings.Fields(printed(t, Sizes([]*sensitivity.Sizing{s}, nil)...)), " ")
	for _, want := range []string{
		"none*", "not known†", "* None: however large, no facility is enough in 90% of 20 replications.", "nothing can be drawn after 31 December 2026",
		"† Not known: what a replication needs depends on how large the facility is, as money is", "drawn until 31 December 2026",
		"Costs fall on month ends",
	} {
		require.Contains(t, text, want)
	}
	require.Equal(t, ", as money is drawn on schedule, drawn in tranches, at interest and with a preferred return",
		onSize(&model.Facility{Drawing: model.OnSchedule, Tranches: []model.Tranche{{}}, Terms: model.Terms{Interest: model.Rate{Yearly: 0.1}, PreferredReturn: model.Rate{Yearly: 0.1}}}))
	s.Version = &scenario.Version{Programme: &model.Programme{Facility: &model.Facility{Drawing: model.OnSchedule, Tranches: []model.Tranche{{}, {}}, Terms: model.Terms{Interest: model.Rate{Yearly: 0.1}}}}}
	for _, want := range []string{"before the first tranche", "only a part", "is repaid", "more interest"} {
		require.Contains(t, noFacilityNote(s), want)
	}
	s.Version.Programme.Facility = nil
	require.Equal(t, "* None: however large, no facility is enough in 90% of 20 replications.", noFacilityNote(s))
}
