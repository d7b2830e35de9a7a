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
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, [][]string{
		{"project", "name", "stage", "policy_sector", "figure", "organisation", "value", "at_least", "at_most", "currency", "not_shown"},
		{"P-1", "Quay", "", "", "capital", "", "100000.55", "", "", "GBP", ""},
		{"P-1", "Quay", "", "", "maximum payments", "", "250000", "", "", "GBP", ""},
		{"P-1", "Quay", "", "", "actual payments", "", "8750", "", "", "GBP", ""}, // 10,000 less 1,250
		{"P-2", "Minato", "", "", "capital", "", "26200000", "", "", "JPY", ""},
		{"P-2", "Minato", "", "", "maximum payments", "", "31000000", "", "", "JPY", ""},
		{"P-2", "Minato", "", "", "actual payments", "", "9500000", "", "", "JPY", ""},
		{"P-3", "Rio", "", "", "capital", "", "2700000000", "", "", "COP", ""},
		{"P-3", "Rio", "", "", "maximum payments", "", "", "", "", "", `"TBC" could not be read`},
		{"P-3", "Rio", "", "", "actual payments", "", "3125000", "", "", "USD", ""},
		{"P-4", "Moor", "", "", "maximum payments", "", "90", "", "", "not stated", ""},
		{"P-4", "Moor", "", "", "actual payments", "", "", "", "", "", "no total: 1 of 2 amounts could not be read"},
	}, records)
	repairs, errors, code := edgeofcare(t, "indigo", folder, "--doubts", "--format=csv")
	require.Zero(t, code, errors)
	for _, line := range []string{
		`repair,,projects_outcome_payments.csv,3,G,Payments - Amount,"(1,250.00)",-1250,`,
		`repair,,projects_outcome_payments.csv,6,G,Payments - Amount,£1.2m,1200000,`,
		`repair,,projects_outcome_payments.csv,7,D,Period - End,31/06/2030,not used,`,
		`repair,,projects_outcome_payments.csv,7,G,Payments - Amount,TBC,not used,`,
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

// A project of another service is named below the list, and said before its file; the
// doubts of one project are its own.
func TestIndigoOfAnotherService(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"projects.csv": "ID,Impact Bond Name,Stage of Development,Purpose and classifications - Policy sector\n" +
			"P-1,Jobs,Complete,Employment and training\nP-2,Homes,Complete,Child and family welfare\n",
		"projects_outcome_payments.csv": "Project ID,Outcome Payment Plan Id,Period - Start,Period - End,Type,Payments - Currency,Payments - Amount\n" +
			"P-1,,2030-01,2030-03,Actual,GBP,10\nP-2,,2030-01,2030-03,Actual,GBP,20\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	out, errors, code := edgeofcare(t, "indigo", folder)
	require.Zero(t, code, errors)
	require.Contains(t, strings.Join(strings.Fields(out), " "), "nothing in this program fits them: P-1.")
	_, errors, code = edgeofcare(t, "indigo", folder, "P-1")
	require.Zero(t, code, errors)
	require.Contains(t, errors, `Warning: the policy sector of Jobs is "Employment and training", not child and family welfare.`)
	out, errors, code = edgeofcare(t, "indigo", folder, "P-2")
	require.Zero(t, code, errors)
	require.Empty(t, errors)
	file := filepath.Join(folder, "homes.yaml")
	require.NoError(t, os.WriteFile(file, []byte(out), 0o600))
	_, errors, code = edgeofcare(t, "plot", file, "payments", "--published", "-o", filepath.Join(folder, "homes.svg"))
	require.Zero(t, code, errors)

	out, errors, code = edgeofcare(t, "indigo", folder, "P-2", "--doubts")
	require.Zero(t, code, errors)
	require.Contains(t, out, "What is in doubt about Homes")
	require.NotContains(t, out, "P-1")
}

// Payments of which an export states no currency are taken to be in that of the programme,
// and that is said.
func TestActualsWithoutACurrency(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder, os.DirFS("testdata/export")))
	name := filepath.Join(folder, "projects_outcome_payments.csv")
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	stated := strings.Replace(string(text), "Actual,8400,outcomemetric1,,,GBP", "Actual,8400,outcomemetric1,,,", 1)
	require.NotEqual(t, string(text), stated)
	require.NoError(t, os.WriteFile(name, []byte(stated), 0o600))
	const says = "The export states no currency for 1 actual payment, taken to be in pounds sterling (£)."
	for from, said := range map[string]bool{"testdata/export": false, folder: true} {
		_, errors, code := edgeofcare(t, "reforecast", "testdata/unsure.yaml", "--set", "cohorts.step-down.lag=4 weeks", "--actuals", from, "--project", "Ashby", "--draws", "20")
		require.Zero(t, code, errors)
		require.Equal(t, said, strings.Contains(errors, says), errors)
	}
}
