package markov_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// The extended microsimulation of Krijkamp, Alarid-Escudero, Enns, Jalal, Hunink and
// Pechlivanoglou, Microsimulation modeling for health decision sciences using R: a
// tutorial, Medical Decision Making 2018;38:400–422: death comes the faster the longer
// someone has been sick or sicker, and treatment helps the less.
func sickSicker() markov.Model {
	ill := func(rateRatio float64, moves ...markov.Move) (row markov.Row) {
		for n := range 30 { // cycles of illness before this one
			death := 1 - math.Pow(1-0.005, rateRatio*(1+0.2*float64(n+1)))
			row = append(row, markov.Piece{In: markov.Span{From: n, To: n + 1}, Moves: append([]markov.Move{{To: "dead", Probability: death}}, moves...)})
		}
		row[len(row)-1].In.To = 0
		return row
	}
	return markov.Model{
		States: []string{"healthy", "sick", "sicker", "dead"},
		Rows: map[string]markov.Row{
			"healthy": {{Moves: []markov.Move{{To: "sick", Probability: 0.15}, {To: "dead", Probability: 0.005}}}},
			"sick":    ill(3, markov.Move{To: "healthy", Probability: 0.5}, markov.Move{To: "sicker", Probability: 0.105}),
			"sicker":  ill(10),
		},
		SharedClock:   [][]string{{"sick", "sicker"}},
		Start:         map[string]float64{"healthy": 1},
		Cycles:        31, // 30 years and the one of the start
		CyclesPerYear: 1,
	}
}

func sickSickerCost(treatment float64) markov.Value {
	return markov.Value{PerCycle: map[string]float64{"healthy": 2000, "sick": 4000 + treatment, "sicker": 15000 + treatment}}
}

// sickSickerTreated is quality-adjusted life years with treatment, year of illness by
// year of illness.
func sickSickerTreated() []markov.Value {
	years := []markov.Value{{PerCycle: map[string]float64{"healthy": 1, "sicker": 0.5}}}
	for n := range 31 {
		years = append(years, markov.Value{PerCycle: map[string]float64{"sick": 0.95 - 0.03*float64(n)}, In: markov.Span{From: n, To: n + 1}})
	}
	return years
}

// Means and spread of 100,000 lives are published as simulated; here they are exact.
func ExampleModel_PerPerson() {
	c := markov.Convention{Counting: markov.CountAtStart, Discount: markov.AnnualEffective(0.03)}
	cost, err := sickSicker().PerPerson(c, sickSickerCost(12000))
	if err != nil {
		log.Fatal(err)
	}
	years, err := sickSicker().PerPerson(c, sickSickerTreated()...)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("$%.0f, standard deviation $%.0f\n", cost.Mean, math.Sqrt(cost.Variance))
	fmt.Printf("%.2f quality-adjusted life years, standard deviation %.2f\n", years.Mean, math.Sqrt(years.Variance))
	// Output:
	// $117545, standard deviation $73267
	// 15.81 quality-adjusted life years, standard deviation 5.51
}

// The life of one person, and the share of all for whom treatment costs more than $200,000.
func ExampleModel_Lives() {
	lives, err := sickSicker().Lives(1)
	if err != nil {
		log.Fatal(err)
	}
	for _, stay := range lives.Life(4) {
		fmt.Printf("%s from year %d to %d\n", stay.State, stay.From, stay.To)
	}
	c := markov.Convention{Counting: markov.CountAtStart, Discount: markov.AnnualEffective(0.03)}
	costs, err := lives.Totals(context.Background(), 10_000, c, sickSickerCost(12000))
	if err != nil {
		log.Fatal(err)
	}
	dear := 0
	for _, cost := range costs {
		if cost > 200_000 {
			dear++
		}
	}
	fmt.Printf("%.0f%% cost more than $200,000\n", float64(dear)/100)
	// Output:
	// healthy from year 0 to 3
	// sick from year 3 to 4
	// healthy from year 4 to 13
	// sick from year 13 to 15
	// healthy from year 15 to 25
	// sick from year 25 to 28
	// sicker from year 28 to 31
	// 14% cost more than $200,000
}

// Table 3 of the tutorial: 100,000 simulated lives with one seed. Its means are within
// three of its standard errors, √(variance ÷ 100,000), of the exact ones.
func TestPublishedSickSicker(t *testing.T) {
	c := markov.Convention{Counting: markov.CountAtStart, Discount: markov.AnnualEffective(0.03)}
	untreated := markov.Value{PerCycle: map[string]float64{"healthy": 1, "sick": 0.75, "sicker": 0.5}}
	for _, x := range []struct {
		name      string
		published float64
		rounding  float64
		values    []markov.Value
	}{
		{"cost without treatment", 62667, 0.5, []markov.Value{sickSickerCost(0)}},
		{"cost with treatment", 117455, 0.5, []markov.Value{sickSickerCost(12000)}},
		{"years without treatment", 15.28, 0.005, []markov.Value{untreated}},
		{"years with treatment", 15.79, 0.005, sickSickerTreated()},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, err := sickSicker().PerPerson(c, x.values...)
			require.NoError(t, err)
			require.InDelta(t, x.published, got.Mean, 3*math.Sqrt(got.Variance/100_000)+x.rounding)
			requireMoments(t, sickSicker(), 50_000, c, x.values...)
		})
	}
}

// hip is the total hip replacement model of Briggs, Claxton and Sculpher, Decision
// Modelling for Health Economic Evaluation, Oxford University Press 2006, exercise 3.5:
// a woman of 60, a prosthesis that wears by a Weibull law, and a life table.
func hip(logHazard float64) (markov.Model, error) {
	mortality := make([]float64, 60) // by year of age from 61 on
	for i := range mortality {
		switch age := 61 + i; {
		case age < 65:
			mortality[i] = 0.0067
		case age < 75:
			mortality[i] = 0.0193
		case age < 85:
			mortality[i] = 0.0535
		default:
			mortality[i] = 0.1548
		}
	}
	death, err := markov.LifeTable("dead", 1, mortality...)
	if err != nil {
		return markov.Model{}, err
	}
	shape := math.Exp(0.3740968)
	wear, err := markov.Weibull("revision", shape, math.Exp(-(-5.490935-0.0367022*60+logHazard)/shape), 60)
	if err != nil {
		return markov.Model{}, err
	}
	for i := range wear { // wear is by time since the operation, at the start
		wear[i].Since, wear[i].In = wear[i].In, wear[i].Since
	}
	revision := death.And(to("dead", 0.02))
	for i := range revision { // a year, and everyone who lives is revised
		revision[i].Moves = append(revision[i].Moves, markov.Move{To: "revised", Probability: 1 - revision[i].Moves[0].Probability})
	}
	return markov.Model{
		States: []string{"operation", "success", "revision", "revised", "dead"},
		Rows: map[string]markov.Row{
			"operation": {{Moves: []markov.Move{{To: "success", Probability: 0.98}, {To: "dead", Probability: 0.02}}}},
			"success":   death.And(wear),
			"revision":  revision,
			"revised":   death.And(to("revision", 0.04)),
		},
		Start: map[string]float64{"operation": 1}, Cycles: 60, CyclesPerYear: 1,
	}, nil
}

// The figures of the spreadsheet that accompanies the book, to the last digit at which
// the R package heemod (test_dmhee.R) quotes them. The spread is not in it.
func TestPublishedHipReplacement(t *testing.T) {
	costs := markov.Convention{Counting: markov.CountAtEnd, Discount: markov.AnnualEffective(0.06)}
	years := markov.Convention{Counting: markov.CountAtEnd, Discount: markov.AnnualEffective(0.015)}
	revisions := markov.Value{PerCycle: map[string]float64{"revision": 5294}}
	quality := markov.Value{PerCycle: map[string]float64{"success": 0.85, "revision": 0.30, "revised": 0.75}}
	for _, x := range []struct {
		name                   string
		logHazard, prosthesis  float64
		cost, qualityLifeYears float64
	}{
		{"standard", 0, 394, 512.434658, 14.6531896},
		{"new", -1.344474, 579, 610.311818, 14.69770986},
	} {
		t.Run(x.name, func(t *testing.T) {
			m, err := hip(x.logHazard)
			require.NoError(t, err)
			cost, err := m.PerPerson(costs, revisions)
			require.NoError(t, err)
			require.InDelta(t, x.cost, x.prosthesis+cost.Mean, 1e-6)
			lived, err := m.PerPerson(years, quality)
			require.NoError(t, err)
			require.InDelta(t, x.qualityLifeYears, lived.Mean, 1e-7)
			requireMoments(t, m, 50_000, costs, revisions)
			requireMoments(t, m, 50_000, years, quality)
		})
	}
}
