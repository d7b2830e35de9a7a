// Command calibrate estimates weekly moves from records of children and writes rows of
// a programme file. The records are invented here, with rates that are known, so that
// what is estimated can be held against what is true.
//
//	go run ./examples/calibrate
package main

import (
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func main() {
	if err := calibrate(os.Stdout, 600, 1); err != nil {
		log.Fatal(err)
	}
}

// hazard is the true moves of a state for each child-week, in the order in which they
// are drawn.
type hazard struct {
	to     string
	weekly float64
}

var truth = map[string][]hazard{
	"foster":      {{"residential", 0.004}, {"reunified", 0.006}},
	"residential": {{"foster", 0.008}},
	"reunified":   {{"foster", 0.003}},
}

func calibrate(out io.Writer, children int, seed uint64) error {
	spells := records(children, seed) // or estimate.ReadSpells(file)
	table, err := estimate.Count(spells, estimate.Settings{})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d stays of %d children; %d cut at 18, where leaving is no move\n", len(spells), children, table.Left.CutAt18)
	rates := estimate.Suppress(estimate.Rates(table, 10))
	for _, r := range rates {
		for _, h := range truth[r.State] {
			if h.to == r.To {
				fmt.Fprintf(out, "%s to %s: %d moves in %.0f child-weeks, hazard %.5f (95%%: %.5f to %.5f); true: %.5f\n",
					r.State, r.To, r.Moves, r.Weeks, r.Hazard.Value, r.Hazard.Low, r.Hazard.High, h.weekly)
			}
		}
	}
	tests, err := estimate.Memoryless(spells, estimate.Settings{})
	if err != nil {
		return err
	}
	for _, t := range tests {
		fmt.Fprintf(out, "weeks in %s: %s (p = %.2f)\n", t.State, t.Advice(), t.P)
	}
	rows, err := estimate.Rows(rates)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nRows of a programme file:\n\n%s", rows)
	return nil
}

// records follows invented children for three years, day by day, from foster care on.
func records(children int, seed uint64) []estimate.Spell {
	r := rand.New(rand.NewPCG(seed, 0))
	start := calendar.NewDate(2021, 4, 1)
	end := calendar.NewDate(2024, 4, 1)
	var spells []estimate.Spell
	for child := range children {
		born := start.AddDays(-365*5 - r.IntN(365*13))
		now := estimate.Spell{Child: child, State: "foster", Start: start.AddDays(r.IntN(700)), Born: born}
		for day := now.Start.AddDays(1); day.Before(end); day = day.AddDays(1) {
			u := 7 * r.Float64()
			for _, h := range truth[now.State] {
				if u -= h.weekly; u < 0 {
					now.End, now.Next = day, h.to
					spells = append(spells, now)
					now = estimate.Spell{Child: child, State: h.to, Start: day, Born: born}
					break
				}
			}
		}
		now.End = end
		spells = append(spells, now)
	}
	return spells
}
