package indigo_test

import (
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// inIndigo are the library's programmes that the exports hold.
var inIndigo = map[string]string{
	"dn2": "INDIGO-POJ-0201", "staffordshire-ifss": "INDIGO-POJ-0173", "cheshire-west": "INDIGO-POJ-0171",
	"suffolk": "INDIGO-POJ-0183", "norfolk": "INDIGO-POJ-0178", "pyramid": "INDIGO-POJ-0194",
}

// The library contradicts nothing that is published: what each file gives for a
// quarter that an export has a claim of is that claim, plan by plan, and its
// totals are those of one of the exports.
func TestLibraryAgainstExports(t *testing.T) {
	folder := os.Getenv("EDGEOFCARE_INDIGO")
	if folder == "" {
		t.Skip("EDGEOFCARE_INDIGO names no folder with exports of the INDIGO dataset")
	}
	compared := 0
	for name, id := range inIndigo {
		d, err := scenario.Open(name)
		require.NoError(t, err)
		v, err := d.Version("")
		require.NoError(t, err)
		p := v.Programme
		for _, vintage := range []string{"2025-05", "2025-12"} {
			data, err := indigo.Read(os.DirFS(folder + "/" + vintage))
			require.NoError(t, err)
			project, ok := data.Project(id)
			require.True(t, ok, name)
			compared += sameQuarters(t, name+" actual", p.Published.Actual, project.Actual())
			for i, plan := range project.Plans {
				if i < len(p.Published.Plans) {
					compared += sameQuarters(t, name+" "+plan.ID, p.Published.Plans[i].Payments, project.Planned(plan.ID))
				}
			}
		}
	}
	t.Logf("%d quarterly amounts are those of the exports", compared)
	require.Greater(t, compared, 300)
}

// sameQuarters compares the quarters that both have, to the penny. Claims that
// are not for one quarter are apportioned in the files, with their status.
func sameQuarters(t *testing.T, what string, library []model.QuarterAmount, payments []indigo.Payment) int {
	t.Helper()
	quarters, others := indigo.Quarterly(payments)
	claimed := map[calendar.Quarter]decimal.Decimal{}
	for _, q := range quarters {
		claimed[q.Quarter] = q.Amount.Round(2)
	}
	compared := 0
	for _, a := range library {
		want, ok := claimed[a.Quarter]
		if !ok || overlaps(others, a.Quarter) {
			continue
		}
		require.True(t, want.Sub(a.Amount).Abs().LessThanOrEqual(decimal.NewFromInt(1)), "%s %s: %s in the library, %s in the export", what, a.Quarter, a.Amount, want)
		compared++
	}
	return compared
}

// overlaps reports whether a claim for another period touches a quarter.
func overlaps(others []indigo.Payment, q calendar.Quarter) bool {
	for _, o := range others {
		if from, to := o.Period.From, o.Period.To; !from.After(q.Last()) && !to.Before(q.First()) {
			return true
		}
	}
	return false
}

// Totals that the exports state are the library's.
func TestLibraryTotalsAgainstExports(t *testing.T) {
	folder := os.Getenv("EDGEOFCARE_INDIGO")
	if folder == "" {
		t.Skip("EDGEOFCARE_INDIGO names no folder with exports of the INDIGO dataset")
	}
	for name, id := range inIndigo {
		d, err := scenario.Open(name)
		require.NoError(t, err)
		v, err := d.Version("")
		require.NoError(t, err)
		p := v.Programme
		var maxima, commitments []decimal.Decimal
		for _, vintage := range []string{"2025-05", "2025-12"} {
			data, err := indigo.Read(os.DirFS(folder + "/" + vintage))
			require.NoError(t, err)
			project, _ := data.Project(id)
			maxima = append(maxima, project.Finance.Maximum.Decimal)
			for _, c := range project.Commitments {
				commitments = append(commitments, c.Maximum.Decimal)
			}
		}
		for _, total := range p.Published.Totals {
			switch {
			case total.Name == "maximum outcome payments, £":
				require.True(t, within(maxima, total.Value), "%s: %s is none of %s", name, total.Value, maxima)
			case len(total.Name) > 14 && total.Name[:14] == "commitment of ":
				require.True(t, within(commitments, total.Value), "%s: %s, %s, is none of %s", name, total.Name, total.Value, commitments)
			}
		}
	}
}

// within reports whether a number is one of a list, to the pound.
func within(list []decimal.Decimal, d decimal.Decimal) bool {
	for _, one := range list {
		if one.Sub(d).Abs().LessThanOrEqual(decimal.NewFromInt(1)) {
			return true
		}
	}
	return false
}
