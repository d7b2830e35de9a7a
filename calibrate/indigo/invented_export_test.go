package indigo_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// All figures and names in these tests are invented.

const (
	projectsFile    = "projects.csv"
	metricsFile     = "projects_outcome_metrics.csv"
	plansFile       = "projects_outcome_payment_plans.csv"
	paymentsFile    = "projects_outcome_payments.csv"
	commitmentsFile = "projects_outcome_payment_commitments.csv"
	resultsFile     = "projects_results.csv"
	investmentsFile = "projects_investments.csv"
	pricingsFile    = "projects_outcome_pricings.csv"
)

// headers are shorter than those of the exports.
var headers = map[string]string{
	projectsFile: "ID,Impact Bond Name - (Value),Stage of Development - (Value),Dates - Actual completion date - (Value)," +
		"Dates - Start date of service provision - (Value),Overall project finance - Maximum potential outcome payment - Amount - (Value)," +
		"Overall project finance - Total outcome payments made - Amount - (Value)," +
		"Overall project finance - Total investment commitment - Amount - Exact - (Value)," +
		"Service and beneficiaries - Targeted number of unique service users or beneficiaries (total) - (Value)",
	metricsFile: "Project ID,Id,Outcome Definition - (Value),Targeted number of service users Or beneficiaries (total) - (Value)," +
		"Unit type of targeted Service users or beneficiaries - (Value),Notes",
	plansFile: "Project ID,Outcome Payment Plan Id - (Value),Period - Start - (Value),Period - End - (Value)",
	paymentsFile: "Project ID,Outcome Payment Plan Id - (Value),Outcome Metric Id - (Value),Period - Start - (Value)," +
		"Period - End - (Value),Payer Organisation ID - (Value),Type - (Value),Payments - Currency - (Value),Payments - Amount - (Value)",
	commitmentsFile: "Project ID,Organisation ID - (Value),Maximum potential Outcome payment - Amount - (Value),Total outcome payments made - Amount - (Value)",
	resultsFile:     "Project ID,Outcome Metric Id - (Value),Result type - (Value),Period - Start - (Value),Period - End - (Value),Outcomes achieved - (Value),Other Description of result - (Value)",
	investmentsFile: "Project ID,Id,Organisation ID - (Value),Investment Commitment - Amount - Min - (Value),Investment Commitment - Amount - Exact - (Value)",
	pricingsFile:    "Project ID,Outcome Metric Id - (Value),Currency - (Value),Price Per Unit - Amount - (Value)",
}

// export is a folder with some files, each given by its rows.
func export(files map[string][]string) fstest.MapFS {
	folder := fstest.MapFS{}
	for name, rows := range files {
		text := headers[name] + "\r\n" + strings.Join(rows, "\r\n") + "\r\n"
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// inPounds are the same files with the currencies of their amounts, all GBP, in
// further columns.
func inPounds(files map[string][]string) fstest.MapFS {
	further := map[string][]string{
		projectsFile: {
			"Overall project finance - Maximum potential outcome payment - Currency", "Overall project finance - Total outcome payments made - Currency",
			"Overall project finance - Total investment commitment - Currency",
		},
		commitmentsFile: {"Maximum potential Outcome payment - Currency", "Total outcome payments made - Currency"},
		investmentsFile: {"Investment Commitment - Currency"},
	}
	folder := export(files)
	for name, columns := range further {
		if folder[name] == nil {
			continue
		}
		header := headers[name] + "," + strings.Join(columns, ",")
		text := header + "\r\n" + strings.Join(files[name], strings.Repeat(",GBP", len(columns))+"\r\n") + strings.Repeat(",GBP", len(columns)) + "\r\n"
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// total is the total of payments that are all in pounds.
func total(t require.TestingT, payments []indigo.Payment) decimal.Decimal {
	sums, err := indigo.Total(payments)
	require.NoError(t, err)
	require.LessOrEqual(t, len(sums), 1)
	return sums["GBP"]
}

// read reads a folder that can be read, and checks that no row is lost.
func read(t require.TestingT, folder fstest.MapFS) *indigo.Dataset {
	d, err := indigo.Read(folder)
	require.NoError(t, err)
	checkRows(t, d)
	return d
}

// checkRows checks that every row is used or among the repairs.
func checkRows(t require.TestingT, d *indigo.Dataset) {
	for _, f := range d.Files {
		left := map[int]bool{}
		for _, r := range d.Repairs {
			if r.File == f.Name && r.LeftOut {
				require.False(t, left[r.Row], "row %d of %s is left out twice", r.Row, f.Name)
				left[r.Row] = true
			}
		}
		require.Equal(t, f.Rows, f.Used+len(left), "rows of %s", f.Table)
	}
	used := map[string]int{}
	for _, p := range d.Projects {
		used["projects_outcome_metrics"] += len(p.Metrics)
		used["projects_outcome_payments"] += len(p.Payments)
		used["projects_outcome_payment_commitments"] += len(p.Commitments)
		used["projects_results"] += len(p.Achievements)
		used["projects_investments"] += len(p.Investments)
		used["projects_outcome_pricings"] += len(p.Pricings)
		for _, plan := range p.Plans {
			if plan.Row > 0 {
				used["projects_outcome_payment_plans"]++
			}
		}
	}
	for _, f := range d.Files {
		if f.Table != "projects" && f.Table != "organisations" {
			require.Equal(t, f.Used, used[f.Table], "records from %s", f.Table)
		}
	}
}

// project is the only project of a dataset.
func project(t require.TestingT, d *indigo.Dataset) indigo.Project {
	require.Len(t, d.Projects, 1)
	return d.Projects[0]
}

// strung are the lines of repairs or notes.
func strung[T interface{ String() string }](all []T) []string {
	lines := make([]string, 0, len(all))
	for _, one := range all {
		lines = append(lines, one.String())
	}
	return lines
}

// hasNote checks that a note says something.
func hasNote(t require.TestingT, d *indigo.Dataset, part string) {
	all := strings.Join(strung(d.Notes), "\n")
	require.Contains(t, all, part)
}

func quarter(t require.TestingT, text string) calendar.Quarter {
	q, err := calendar.ParseQuarter(text)
	require.NoError(t, err)
	return q
}

// byQuarter is the amounts by quarter, as text.
func byQuarter(payments []indigo.Payment) map[string]string {
	quarters, _ := indigo.Quarterly(payments)
	all := map[string]string{}
	for _, q := range quarters {
		all[q.Quarter.String()] = q.Amount.String()
	}
	return all
}

func money(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// equal checks an amount.
func equal(t require.TestingT, want string, got decimal.Decimal, what string) {
	require.True(t, money(want).Equal(got), "%s: %s, want %s", what, got, want)
}

// vintage reads a real export, which is not part of this repository.
func vintage(t *testing.T, name string) *indigo.Dataset {
	t.Helper()
	const variable = "EDGEOFCARE_INDIGO"
	folder := os.Getenv(variable)
	if folder == "" {
		t.Skipf("set %s to a folder with the exports 2025-05 and 2025-12 to run this test", variable)
	}
	d, err := indigo.Read(os.DirFS(filepath.Join(folder, name)))
	require.NoError(t, err)
	checkRows(t, d)
	return d
}
