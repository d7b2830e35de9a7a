package markov_test

import (
	"fmt"
	"log"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// The HIV model of Chancellor and others (PharmacoEconomics 1997;12:54–66), as
// worked in Briggs, Claxton and Sculpher, Decision Modelling for Health
// Economic Evaluation (2006), example 2.5: the cost of zidovudine alone over 20
// years, published as £44,663.
func Example() {
	trace, err := markov.Model{
		States: []string{"A", "B", "C", "death"},
		Rows: map[string]markov.Row{
			"A": {{Moves: []markov.Move{{To: "B", Probability: 350.0 / 1734}, {To: "C", Probability: 116.0 / 1734}, {To: "death", Probability: 17.0 / 1734}}}},
			"B": {{Moves: []markov.Move{{To: "C", Probability: 512.0 / 1258}, {To: "death", Probability: 15.0 / 1258}}}},
			"C": {{Moves: []markov.Move{{To: "death", Probability: 437.0 / 1749}}}},
		},
		Start:         map[string]float64{"A": 1},
		Cycles:        20,
		CyclesPerYear: 1,
	}.Trace()
	if err != nil {
		log.Fatal(err)
	}
	pounds := markov.Value{PerCycle: map[string]float64{"A": 1701 + 1055 + 2278, "B": 1774 + 1278 + 2278, "C": 6948 + 2059 + 2278}}
	cost, err := trace.Total(pounds, markov.Convention{Counting: markov.CountAtEnd, Discount: markov.AnnualEffective(0.06)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("£%.0f (%v)\n", cost.Amount, cost.Convention)
	// Output: £44663 (counted at the end of each cycle; 6% a year, effective)
}

// A row that does not make sense says where.
func ExampleRow_Validate() {
	row := markov.Row{
		{In: markov.Span{To: 26}, Moves: []markov.Move{{To: "residential", Probability: 0.7}, {To: "home", Probability: 0.4}}},
		{In: markov.Span{From: 27}, Moves: []markov.Move{{To: "residential", Probability: 0.004}}},
	}
	fmt.Println(row.Validate())
	// Output:
	// no piece is in force since the start: every cycle; in the state: cycle 26: pieces must cover every cycle of both clocks (a piece without moves says that nobody leaves)
	// piece 1 (since the start: every cycle; in the state: cycles 0 to 25): the probabilities of moving sum to 1.1: must be at most 1
}

// Where children go on from home, the share at home after two cycles is not the
// share that went home within them, and only the latter can be converted.
func ExampleWithinCycles_notAShareThatIsThere() {
	trace, err := markov.Model{
		States: []string{"care", "home", "elsewhere"},
		Rows: map[string]markov.Row{
			"care": {{Moves: []markov.Move{{To: "home", Probability: 0.1}}}},
			"home": {{Moves: []markov.Move{{To: "elsewhere", Probability: 0.5}}}},
		},
		Start:  map[string]float64{"care": 1},
		Cycles: 2,
	}.Trace()
	if err != nil {
		log.Fatal(err)
	}
	went := trace.Moves("care", "home")
	right, _ := markov.WithinCycles(2, went[0]+went[1])
	wrong, _ := markov.WithinCycles(2, trace.Occupancy("home")[2])
	fmt.Printf("went home: %.2f, so %.4f a cycle\n", went[0]+went[1], right[0])
	fmt.Printf("at home: %.2f, which would be %.4f a cycle\n", trace.Occupancy("home")[2], wrong[0])
	// Output:
	// went home: 0.19, so 0.1000 a cycle
	// at home: 0.14, which would be 0.0726 a cycle
}

// Half of a cohort left within 26 weeks, for either of two reasons.
func ExampleWithinCycles() {
	weekly, err := markov.WithinCycles(26, 0.4, 0.1)
	fmt.Printf("%.6f %v\n", weekly, err)
	// Output: [0.021046 0.005261] <nil>
}
