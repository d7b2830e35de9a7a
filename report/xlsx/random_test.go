package xlsx

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// anyInput is an input of testdata/two-caps.yaml that takes any value: in hundredths, from
// one to another, as a cell and as an edit.
type anyInput struct {
	cell, edit string
	from, to   int
	share      bool // in hundredths of a percent
}

var anyInputs = []anyInput{
	{"metrics.Weekly.tariff", "metrics.Weekly.tariff.amount", 1, 90000, false},
	{"metrics.Weekly.tariff.by commissioner.Vale", "metrics.Weekly.tariff.by commissioner.Vale", 0, 90000, false},
	{"metrics.Weekly.tariff.indexation", "metrics.Weekly.tariff.indexation", -300, 900, true},
	{"metrics.Weekly.cap.amount", "metrics.Weekly.cap.amount", 0, 60000000, false},
	{"metrics.Months.tariff", "metrics.Months.tariff", 0, 900000, false},
	{"metrics.Months.deadweight", "metrics.Months.deadweight", 0, 10000, true},
	{"contract cap", "contract cap.amount", 0, 80000000, false},
	{"year caps.2027/28", "year caps.2027/28", 0, 40000000, false},
	{"grants.Q2 2026/27", "grants.Q2 2026/27", 0, 3000000, false},
	{"payers.Dale Fund.cap", "payers.Dale Fund.cap", 0, 20000000, false},
	{"unit costs.residential", "unit costs.residential.amount", 0, 600000, false},
	{"unit costs.foster", "unit costs.foster.amount", 0, 600000, false},
	{"cohorts.step-down.cashable share", "cohorts.step-down.cashable share", 0, 10000, true},
	{"inflation", "inflation", 1, 900, true},
}

// Whatever the inputs are, all at once, every cell of payments, savings and budgets is the
// library's, in both kinds of prices.
func TestAnyInputs(t *testing.T) {
	s := subject{"testdata/two-caps.yaml", "", contract.Constant}
	tries := 8
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		tries = 400
	}
	for try := range tries {
		t.Run(fmt.Sprint(try), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(20261128, uint64(try)))
			cells, edits := drawnInputs(random)
			m := described(t, workbookOf(t, s), cells)
			for _, kind := range []contract.Prices{contract.Constant, contract.Cash} {
				want, err := montecarlo.Central(s.read(t, edits...), kind)
				require.NoError(t, err)
				equalsProjections(t, m, want)
			}
		})
	}
}

// drawnInputs are values for about half of the inputs.
func drawnInputs(random *rand.Rand) (cells map[string]float64, edits []string) {
	cells = map[string]float64{}
	for _, in := range anyInputs {
		if random.IntN(2) == 0 {
			continue
		}
		v := in.from + random.IntN(in.to-in.from+1)
		if in.share {
			cells[in.cell] = float64(v) / 10000
			edits = append(edits, fmt.Sprintf("%s=%v%%", in.edit, float64(v)/100))
			continue
		}
		cells[in.cell] = float64(v) / 100
		edits = append(edits, fmt.Sprintf("%s=%.2f", in.edit, float64(v)/100))
	}
	fund := random.IntN(9275) // with 7.25% and the council's share they are 1
	cells["payers.Dale Fund.share"], cells["payers.commissioner.share"] = float64(fund)/10000, float64(9275-fund)/10000
	return cells, append(edits, fmt.Sprintf("payers.Dale Fund.share=%v%%", float64(fund)/100), fmt.Sprintf("payers.commissioner.share=%v%%", float64(9275-fund)/100))
}
