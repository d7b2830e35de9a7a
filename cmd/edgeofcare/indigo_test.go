package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/report"
)

// inventedExport is a folder with three projects in several currencies and
// amounts as people write them.
func inventedExport(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{
		"projects.csv": `ID,Impact Bond Name,Overall project finance - Total investment commitment - Currency,Overall project finance - Total investment commitment - Amount - Exact,Overall project finance - Maximum potential outcome payment - Currency,Overall project finance - Maximum potential outcome payment - Amount
P-1,Quay,GBP,100000.55,GBP,250000
P-2,Minato,JPY,26200000,JPY,31000000
P-3,Rio,COP,2700000000,COP,TBC
P-4,Moor,GBP,,,90
`,
		"projects_outcome_payments.csv": `Project ID,Outcome Payment Plan Id,Period - Start,Period - End,Type,Payments - Currency,Payments - Amount
P-1,,2030-01,2030-03,Actual,GBP,10000
P-1,,2030-04,2030-06,Actual,GBP,"(1,250.00)"
P-2,,2030-01,2030-03,Actual,JPY,9500000
P-3,,2030-01,2030-03,Actual,USD,3125000
P-4,,2030-01,2030-03,Actual,GBP,£1.2m
P-4,,2030-04,31/06/2030,Actual,GBP,TBC
`,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	return folder
}

// Each amount is in the currency that stands beside it, and a total that lacks an
// amount is not shown.
func TestIndigoAmountsHaveTheirCurrency(t *testing.T) {
	folder := inventedExport(t)
	out, errors, code := edgeofcare(t, "indigo", folder, "--format=csv")
	require.Zero(t, code, errors)
	projects, rest, _ := strings.Cut(strings.TrimPrefix(out, "\ufeff"), "\n\n")
	records, err := csv.NewReader(strings.NewReader(projects)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, [][]string{
		{"project", "name", "stage", "currency", "capital", "capital, at least", "capital, at most", "maximum payments", "first plan", "actual payments", "not shown"},
		{"P-1", "Quay", "", "GBP", "100000.55", "", "", "250000", "", "8750", ""}, // 10,000 less 1,250
		{"P-2", "Minato", "", "JPY", "26200000", "", "", "31000000", "", "9500000", ""},
		{"P-3", "Rio", "", "COP", "2700000000", "", "", "", "", "", `maximum payments: "TBC" could not be read`},
		{"P-3", "Rio", "", "USD", "", "", "", "", "", "3125000", `maximum payments: "TBC" could not be read`},
		{"P-4", "Moor", "", "not stated", "", "", "", "90", "", "", "actual payments: no total: 1 of 2 amounts could not be read"},
	}, records)
	repairs, _, _ := strings.Cut(rest, "\n\n")
	for _, line := range []string{
		`projects_outcome_payments.csv,3,G,Payments - Amount,"(1,250.00)",-1250,`,
		`projects_outcome_payments.csv,6,G,Payments - Amount,£1.2m,1200000,`,
		`projects_outcome_payments.csv,7,D,Period - End,31/06/2030,not used,`,
		`projects_outcome_payments.csv,7,G,Payments - Amount,TBC,not used,`,
	} {
		require.Contains(t, repairs, line)
	}

	out, errors, code = edgeofcare(t, "indigo", folder)
	require.Zero(t, code, errors)
	for _, text := range []string{"£100,000.55", "£8,750\n", "JPY 26,200,000", "COP 2,700,000,000", "USD 3,125,000", "90 (no currency stated)", "no total", "P-4, actual payments: no total: 1 of 2 amounts could not be read."} {
		require.Contains(t, out, text)
	}
	require.NotContains(t, out, "£26,200,000")
}

// JSON has the currency of each amount as its unit.
func TestIndigoJSONHasCurrencies(t *testing.T) {
	out, errors, code := edgeofcare(t, "indigo", inventedExport(t), "--format=json")
	require.Zero(t, code, errors)
	var page []report.Table
	require.NoError(t, json.Unmarshal([]byte(out), &page))
	units := map[float64]string{}
	for _, row := range page[0].Rows {
		for _, c := range row.Cells {
			if c.Value != nil {
				units[*c.Value] = c.Unit
			}
		}
	}
	require.Equal(t, map[float64]string{
		100000.55: "GBP", 250000: "GBP", 8750: "GBP", 26200000: "JPY", 31000000: "JPY", 9500000: "JPY",
		2700000000: "COP", 3125000: "USD", 90: "not stated",
	}, units)
}
