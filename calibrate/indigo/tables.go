package indigo

import "strings"

// table is one kind of file: which columns it must have, and which others are
// read. Columns are named as in the exports, without " - (Value)".
type table struct {
	name   string // the file's, without prefix and extension
	alias  string // another name of the file; empty for none
	needed []string
	useful []string
	fill   func(*reader, row)
}

const (
	organisationsTable = "organisations"

	projectID   = "Project ID"
	metricID    = "Outcome Metric Id"
	planID      = "Outcome Payment Plan Id"
	orgID       = "Organisation ID"
	orgRole     = "Organisation Role Category"
	periodStart = "Period - Start"
	periodEnd   = "Period - End"
	remark      = "Notes"

	finance = "Overall project finance - "
	details = "Investment Details - "
	dates   = "Dates - "
	purpose = "Purpose and classifications - "
	service = "Service and beneficiaries - "
)

// tables are the files that are read, in the order in which they are read.
func tables() []table {
	return []table{
		{
			name:   "projects",
			needed: []string{"ID", "Impact Bond Name"},
			useful: []string{
				"Alternative Names", "Stage of Development",
				dates + "Date outcomes contract signed", dates + "Date contracts between all parties signed",
				dates + "Anticipated completion date", dates + "Actual completion date",
				dates + "Start date of service provision",
				dates + "Anticipated end date of service provision", dates + "Actual end date of service provision",
				dates + "Anticipated duration of service provision", dates + "Actual duration of service provision",
				dates + "(Notes)",
				finance + "Total investment commitment - Currency",
				finance + "Total investment commitment - Amount - Min",
				finance + "Total investment commitment - Amount - Exact",
				finance + "Total investment commitment - Amount - Max",
				finance + "Maximum potential outcome payment - Currency",
				finance + "Maximum potential outcome payment - Amount",
				finance + "Maximum potential loss", finance + "Maximum potential return type", finance + "Maximum potential return",
				finance + "Configuration of the Contracting Parties", finance + "Investor repayment",
				finance + "Total outcome payments made - Currency", finance + "Total outcome payments made - Amount",
				finance + "(Notes)",
				details + "Internal Rate of Return - Target", details + "Internal Rate of Return - Latest",
				purpose + "Social challenge", purpose + "Intervention", purpose + "Policy sector",
				service + "Target population",
				service + "Targeted number of unique service users or beneficiaries (total)",
				service + "Unit type of targeted service users or beneficiaries",
				service + "Unit description of targeted service user or beneficiaries",
				service + "Actual number of unique service users or beneficiaries engaged (total)",
				service + "Unit type of actual service users or beneficiaries engaged",
				service + "Unit description of actual service user or beneficiaries engaged",
				service + "(Notes)",
				"Changes to project due to COVID-19", remark,
			},
			fill: (*reader).project,
		},
		{
			name:   "projects_outcome_metrics",
			needed: []string{projectID, "Id", "Outcome Definition"},
			useful: []string{
				"Target Population", "Targeted number of service users Or beneficiaries (total)",
				"Unit type of targeted Service users or beneficiaries", "Unit description of Service user or beneficiaries",
				"Outcome metric target", "Other target for Meeting outcome metric target", "Outcome validation Method", remark,
			},
			fill: (*reader).metric,
		},
		{
			name:   "projects_outcome_payment_plans",
			needed: []string{projectID, planID, periodStart, periodEnd},
			useful: []string{remark},
			fill:   (*reader).plan,
		},
		{
			name:   "projects_outcome_payments",
			needed: []string{projectID, planID, periodStart, periodEnd, "Type", "Payments - Amount"},
			useful: []string{metricID, "Payer Organisation ID", "Recipient Organisation ID", "Payments - Currency", remark},
			fill:   (*reader).payment,
		},
		{
			name:   "projects_outcome_payment_commitments",
			needed: []string{projectID, orgID, "Maximum potential Outcome payment - Amount"},
			useful: []string{
				orgRole, "Maximum potential Outcome payment - Currency", "Result type", periodStart, periodEnd,
				"Total outcome payments made - Currency", "Total outcome payments made - Amount",
				"Alterations to payment commitment - Description", "Alterations to payment commitment - Reason", remark,
			},
			fill: (*reader).commitment,
		},
		{
			name:   "projects_results",
			needed: []string{projectID, metricID, "Outcomes achieved"},
			useful: []string{
				"Result level", "Result type", periodStart, periodEnd, "Number engaged In impact bond",
				"Number with Positive social outcomes", "Other Description of result", remark,
			},
			fill: (*reader).achievement,
		},
		{
			name:   "projects_investments",
			needed: []string{projectID, orgID, "Investment Commitment - Amount - Exact"},
			useful: []string{
				"Id", orgRole, "Investment Commitment - Currency", "Investment Commitment - Amount - Min",
				"Investment Commitment - Amount - Max", "Maximum Potential loss", "Maximum Potential Return Type",
				"Maximum Potential Return", "Investor Repayment", "Investment Type", remark,
			},
			fill: (*reader).investment,
		},
		{
			name:   "projects_outcome_pricings",
			needed: []string{projectID, metricID, "Price Per Unit - Amount"},
			useful: []string{
				"Currency", "Maximum Price if all targets achieved - Amount", "Contracted increases to outcome pricing",
				"Price Description", remark,
			},
			fill: (*reader).pricing,
		},
		{
			name:   organisationsTable,
			alias:  "orgs",
			needed: []string{"ID", "Name"},
			fill:   (*reader).organisation,
		},
	}
}

// tableOf returns the name of the table that a file holds: its own name without
// the extension, after any prefix that ends in an underscore.
func tableOf(file string, all []table) (string, bool) {
	base, ok := strings.CutSuffix(strings.ToLower(file), ".csv")
	if !ok {
		return "", false
	}
	best := ""
	for _, t := range all {
		for _, name := range []string{t.name, t.alias} {
			if name != "" && (base == name || strings.HasSuffix(base, "_"+name)) && len(t.name) > len(best) {
				best = t.name
			}
		}
	}
	return best, best != ""
}
