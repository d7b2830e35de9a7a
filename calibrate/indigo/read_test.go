package indigo_test

import (
	"encoding/binary"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
)

// pay is a row of payments for one invented project.
func pay(plan, from, to, kind, amount string) string {
	return strings.Join([]string{"X-1", plan, "", from, to, "\"ORG-1,ORG-2\"", kind, "GBP", amount}, ",")
}

func TestSlipInTheYearOfAStart(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		made string // start it is read as; empty if it is left as it is
	}{
		{"between quarters", []string{pay("plan1", "2030-07", "2030-09", "Planned", "10"), pay("plan1", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2030-07", "2031-09", "Planned", "30"), pay("plan1", "2031-10", "2031-12", "Planned", "40")}, "2031-07"},
		{"last in the plan", []string{pay("plan1", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2030-07", "2031-09", "Planned", "30")}, "2031-07"},
		{"two years", []string{pay("plan1", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2029-07", "2031-09", "Planned", "30")}, "2031-07"},
		{"actual", []string{pay("", "2031-04", "2031-06", "Actual", "20"), pay("", "2030-07", "2031-09", "Actual", "30")}, "2031-07"},
		{"nothing overlaps", []string{pay("plan1", "2030-07", "2031-09", "Planned", "30"), pay("plan1", "2031-10", "2031-12", "Planned", "40")}, ""},
		{"the quarter has a row", []string{pay("plan1", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2031-07", "2031-09", "Planned", "1"), pay("plan1", "2030-07", "2031-09", "Planned", "30")}, ""},
		{"neighbours are far", []string{pay("plan1", "2030-07", "2030-09", "Planned", "20"), pay("plan1", "2030-07", "2031-09", "Planned", "30")}, ""},
		{"another plan", []string{pay("plan2", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2030-07", "2031-09", "Planned", "30")}, ""},
		{"two quarters, which may be meant", []string{pay("plan1", "2031-01", "2031-03", "Planned", "20"), pay("plan1", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2031-04", "2031-09", "Planned", "30")}, ""},
		{"half a year", []string{pay("plan1", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2031-01", "2031-09", "Planned", "30")}, ""},
		{"not to the end of a quarter", []string{pay("plan1", "2031-04", "2031-06", "Planned", "20"), pay("plan1", "2030-08", "2031-08", "Planned", "30")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, export(map[string][]string{paymentsFile: c.rows}))
			if c.made == "" {
				require.Empty(t, d.Repairs)
				return
			}
			require.Len(t, d.Repairs, 1)
			r := d.Repairs[0]
			require.Equal(t, paymentsFile, r.File)
			require.Contains(t, c.rows[r.Row-2], ",30", "row %d", r.Row)
			require.Equal(t, "Period - Start - (Value)", r.Column)
			require.Equal(t, c.made, r.Made)
			require.Contains(t, r.String(), "Q2 2031/32")
			p := project(t, d)
			got := byQuarter(append(p.Planned("plan1"), p.Actual()...))
			require.Equal(t, "30", got["Q2 2031/32"])
			for _, n := range d.Notes {
				require.NotContains(t, n.Text, "overlap")
			}
		})
	}
}

func TestOverlapsAreNotedAndKept(t *testing.T) {
	d := read(t, export(map[string][]string{paymentsFile: {
		pay("", "2031-01", "2031-10", "Actual", "5"),
		pay("", "2031-02", "2031-02", "Actual", "5"),
		pay("", "2031-09", "2031-12", "Actual", "5"),
		pay("", "2032-01", "2032-03", "Actual", "5"),
	}}))
	require.Empty(t, d.Repairs)
	hasNote(t, d, "X-1: actual payments: periods overlap, and something may be paid twice or dated wrongly: 2031-01 to 2031-10 (row 2) and 2031-02 (row 3); 2031-01 to 2031-10 (row 2) and 2031-09 to 2031-12 (row 4)")
	hasNote(t, d, "3 payments are not for a calendar quarter (1 month, 4 months, 10 months)")
}

func TestPlans(t *testing.T) {
	d := read(t, export(map[string][]string{
		plansFile: {
			"X-1,Plan1,2030-04,2031-03", "X-1,plan2,2031-03,current", "X-1,latest  Plan,2031-05,Current",
			"X-1,PLAN2,2033-01,2033-02",
		},
		paymentsFile: {
			pay("plan1", "2030-04", "2030-06", "Planned", "1.005"), pay("Plan1", "2030-07", "2030-09", "planned", "2"),
			pay("plan9", "2030-07", "2030-09", "Planned", "3"),
		},
	}))
	p := project(t, d)
	require.Len(t, p.Plans, 4)
	require.Equal(t, []string{"plan1", "plan2", "latest plan", "plan9"}, []string{p.Plans[0].ID, p.Plans[1].ID, p.Plans[2].ID, p.Plans[3].ID})
	require.Equal(t, "2030-04 to 2031-03", p.Plans[0].Valid.String())
	require.Equal(t, "2031-03-31", p.Plans[0].Valid.To.String())
	require.True(t, p.Plans[1].Valid.Open)
	require.True(t, p.Plans[1].Valid.To.IsZero())
	require.Equal(t, "2031-05 to current", p.Plans[2].Valid.String())
	require.True(t, p.Plans[3].Valid.IsZero())
	hasNote(t, d, "payments name plan9, which is not in the plans file")
	hasNote(t, d, "plan1: 1 amount has fractions of a penny")
	require.Equal(t, "3.005", total(t, p.Planned("PLAN1")).String())
	require.Equal(t, "1.005", p.Planned("plan1")[0].Amount.Decimal.String())
	require.Equal(t, []string{
		plansFile + `:2:Outcome Payment Plan Id - (Value) (column B): "Plan1" read as "plan1": ids are in small letters`,
		plansFile + `:4:Outcome Payment Plan Id - (Value) (column B): "latest  Plan" read as "latest plan": ids are in small letters`,
		plansFile + `:5:Outcome Payment Plan Id - (Value) (column B): "PLAN2" read as "plan2": ids are in small letters`,
		plansFile + `:5:Outcome Payment Plan Id - (Value) (column B): the row is left out: the project already has a plan with this id, valid 2031-03 to current`,
		paymentsFile + `:3:Type - (Value) (column G): "planned" read as "Planned": types have a capital`,
		paymentsFile + `:3:Outcome Payment Plan Id - (Value) (column B): "Plan1" read as "plan1": ids are in small letters`,
	}, strung(d.Repairs))
}

func TestPaymentsAreSortedAndSummedByQuarter(t *testing.T) {
	d := read(t, export(map[string][]string{paymentsFile: {
		pay("", "2030-10", "2030-12", "Actual", "7.5"),
		pay("", "2030-01", "2030-03", "Actual", "1"),
		pay("", "2030-10", "2030-12", "Actual", "0.25"),
		pay("", "2029-11", "2030-01", "Actual", "100"),
		pay("", "2029-04", "2030-03", "Actual", "200"),
		pay("", "2030-04", "2030-06", "Actual", ""),
		pay("plan1", "2030-01", "2030-03", "Planned", "9"),
	}}))
	p := project(t, d)
	actual := p.Actual()
	require.Equal(t, []int{6, 5, 3, 7, 2, 4}, []int{actual[0].Row, actual[1].Row, actual[2].Row, actual[3].Row, actual[4].Row, actual[5].Row})
	quarters, others := indigo.Quarterly(actual)
	require.Len(t, quarters, 2)
	require.Equal(t, quarter(t, "Q4 2029/30"), quarters[0].Quarter)
	require.Equal(t, "7.75", quarters[1].Amount.String())
	require.Equal(t, []int{2, 4}, quarters[1].Rows)
	require.Len(t, others, 3)
	sums, err := indigo.Total(actual)
	require.EqualError(t, err, "no total: 1 of 6 amounts is missing")
	require.Equal(t, "308.75", sums["GBP"].String())
	require.Equal(t, []string{"2029-04 to 2030-03", "2029-11 to 2030-01", "2030-04 to 2030-06"}, []string{others[0].Period.String(), others[1].Period.String(), others[2].Period.String()})
	require.False(t, others[2].Amount.Valid)
	hasNote(t, d, "actual payments: Q3 2030/31 has 2 rows (2, 4), which add up to £7.75")
	hasNote(t, d, "2 payments are not for a calendar quarter (3 months, 12 months) and cannot be shown by quarter")
	hasNote(t, d, "1 payment has no amount, which is not the same as 0")
	require.Equal(t, []string{"ORG-1", "ORG-2"}, actual[0].Payers)
}

func TestListsAndStrangeIDs(t *testing.T) {
	d := read(t, export(map[string][]string{
		metricsFile:     {"X-1,outcomemetric1,Places kept,,,"},
		commitmentsFile: {"X-1,ORG-1,10,", "X-1,ORG-3,10,"},
		resultsFile:     {"X-1,outcomemetric5,Final,2030-01,2030-06,4,children", "X-1,,Final,2030-01,2030-06,4,children"},
		paymentsFile: {
			`X-1,plan1,"outcomemetric1, OutcomeMetric7",2030-01,2030-03,"ORG-1, ORG-2,ORG-3,",Planned,gbp,5`,
			`X-1,plan1,,2030-04,2030-06,ORG-1,Planned,GBP,5`,
		},
	}))
	p := project(t, d)
	require.Equal(t, []string{"outcomemetric1", "outcomemetric7"}, p.Payments[0].Metrics)
	require.Equal(t, []string{"ORG-1", "ORG-2", "ORG-3"}, p.Payments[0].Payers)
	require.Equal(t, "GBP", p.Payments[0].Currency)
	require.Empty(t, p.Payments[1].Metrics)
	hasNote(t, d, `payments name payers that have made no commitment: "ORG-2"; their ids are kept`)
	hasNote(t, d, `name metrics that the project does not have: "outcomemetric5", "outcomemetric7"`)
	hasNote(t, d, "1 payment names no metric and is for all metrics together")
}

func TestUnits(t *testing.T) {
	d := read(t, export(map[string][]string{
		projectsFile: {"X-1,Invented,,,,,,,50"},
		metricsFile: {
			"X-1,outcomemetric1,Weeks at home,5200,Individual,",
			"X-1,outcomemetric2,Weeks at home,50,Individual,",
			"X-1,outcomemetric3,Kept at home,900,Individual,This is days and not children",
			"X-1,outcomemetric4,Kept at home,40,Individual,",
		},
		resultsFile: {
			"X-1,outcomemetric1,Interim,2030-01,2030-06,33,weeks",
			"X-1,outcomemetric4,Interim,2030-01,2030-06,12,",
			"X-1,outcomemetric4,Interim,2030-01,2030-06,about half of 20,",
		},
	}))
	hasNote(t, d, `outcomemetric1: the target is 5200 with the unit "Individual", more than the project's 50 users: it seems to be in weeks, which its definition mentions`)
	hasNote(t, d, `outcomemetric3: the target is 900 with the unit "Individual", more than the project's 50 users: it seems to be in days, which its definition mentions`)
	hasNote(t, d, "definitions mention weeks, so these targets may be children or weeks: outcomemetric2 (50)")
	hasNote(t, d, "the export does not say whether these results count children, families or units of time: outcomemetric4 (12)")
	results := project(t, d).Achievements
	require.Equal(t, "12", results[1].Achieved.Decimal.String())
	require.False(t, results[2].Achieved.Valid)
	require.Equal(t, "about half of 20", results[2].AchievedText)
	require.Equal(t, []string{resultsFile + `:4:Outcomes achieved - (Value) (column F): "about half of 20" not used: it is not a plain number, and is kept as text`}, strung(d.Repairs))
}

func TestTotalsThatDisagree(t *testing.T) {
	d := read(t, export(map[string][]string{
		projectsFile:    {"X-1,Invented,Implementation,2031-02,2030-01,90,15,70,"},
		plansFile:       {"X-1,plan1,2030-01,current"},
		paymentsFile:    {pay("plan1", "2030-01", "2030-03", "Planned", "1234567"), pay("", "2030-01", "2030-03", "Actual", "91.5")},
		commitmentsFile: {"X-1,ORG-1,60,14", "X-1,ORG-2,40,"},
		investmentsFile: {"X-1,investment1,ORG-8,,30", "X-1,Bank,ORG-9,,30"},
	}))
	for _, part := range []string{
		"the stage is \"Implementation\", but the project was completed in 2031-02",
		"outcome payments made is stated as £15, but the payments add up to £91.50",
		"outcome payments made is stated as £15, but what each payer has paid adds up to £14",
		"plan1 adds up to £1,234,567, more than the maximum potential outcome payment of £90",
		"actual payments add up to £91.50, more than the maximum potential outcome payment of £90",
		"commitments add up to £100, but the maximum potential outcome payment is £90",
		"the investments add up to £60, but the total investment commitment is £70",
	} {
		hasNote(t, d, part)
	}
	require.Empty(t, d.Repairs)

	d = read(t, export(map[string][]string{
		projectsFile: {"X-1,Invented,Complete,,,90,15,70,"},
		plansFile:    {"X-1,plan1,2030-01,current"},
		resultsFile:  {"X-1,outcomemetric1,Interim,2030-01,2030-06,33,weeks"},
		paymentsFile: {"X-1,plan1,,2030-01,2030-03,,Planned,USD,5", pay("", "2030-01", "2030-03", "Actual", "-5")},
	}))
	for _, part := range []string{
		"no date of completion", "plan1 is still current", "1 result is interim",
		"amounts are in several currencies, GBP, USD", "1 amount is below 0",
	} {
		hasNote(t, d, part)
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct{ given, want, made string }{
		{"470588.2352941177", "470588.2352941177", ""},
		{"0", "0", ""},
		{"-12.5", "-12.5", ""},
		{"12.50", "12.5", ""},
		{`"£1,234,567.80"`, "1234567.8", "1234567.8"},
		{"1.2e+07", "12000000", "12000000"},
		{"£ 40", "40", "40"},
		{`"1,23"`, "", ""},
		{"about 5", "", ""},
		{"NaN", "", ""},
		{"1e99", "", ""},
		{"1e999999999", "", ""},
		{"1e-99", "", ""},
		{strings.Repeat("9", 40), "", ""},
		{"0x10", "", ""},
	} {
		t.Run(c.given, func(t *testing.T) {
			d := read(t, export(map[string][]string{paymentsFile: {pay("", "2030-01", "2030-03", "Actual", c.given)}}))
			amount := project(t, d).Payments[0].Amount
			require.Equal(t, c.want != "", amount.Valid)
			if c.want != "" {
				equal(t, c.want, amount.Decimal, c.given)
			}
			require.Len(t, d.Repairs, map[bool]int{true: 1}[c.made != "" || c.want == ""])
			for _, r := range d.Repairs {
				require.Equal(t, c.made, r.Made)
				require.Equal(t, 2, r.Row)
				require.Equal(t, "Payments - Amount - (Value)", r.Column)
				require.False(t, r.LeftOut)
			}
		})
	}
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		from, to, want string
		quarter        bool
		repairs        int
	}{
		{"2030-01", "2030-03", "2030-01 to 2030-03", true, 0},
		{"2029-12", "2030-02", "2029-12 to 2030-02", false, 0},
		{"2030", "2031", "2030-01 to 2031-12", false, 0},
		{"2030-01-01", "2030-03-31", "2030-01 to 2030-03", true, 0},
		{"2030-01-05", "2030-03-30", "2030-01-05 to 2030-03-30", false, 0},
		{"2030-02", "2030-02", "2030-02", false, 0},
		{"Jan-30", "Mar-30", "2030-01 to 2030-03", true, 2},
		{"2030-13", "2030-15", "no period", false, 2},
		{"2030-02-30", "2030-03", "to 2030-03", false, 1},
		{"2030-01", "", "from 2030-01", false, 0},
		{"", "", "no period", false, 0},
		{"2031-01", "2030-03", "no period", false, 1},
		{"current", "current", "no date to current", false, 1},
		{"0001", "9999", "0001-01 to 9999-12", false, 0},
	} {
		t.Run(c.from+" "+c.to, func(t *testing.T) {
			d := read(t, export(map[string][]string{paymentsFile: {pay("plan1", c.from, c.to, "Planned", "5")}}))
			p := project(t, d).Payments[0].Period
			require.Equal(t, c.want, p.String())
			_, ok := p.Quarter()
			require.Equal(t, c.quarter, ok)
			require.Len(t, d.Repairs, c.repairs, "%s", strung(d.Repairs))
			require.Equal(t, "5", total(t, project(t, d).Payments).String(), "the amount is kept")
		})
	}
}

func TestDatesOfProjects(t *testing.T) {
	for _, c := range []struct{ given, want string }{
		{"2030", "2030-01 to 2030-12"}, {"2030-04", "2030-04"}, {"2030-04-30", "2030-04-30"}, {"", "no period"}, {"Apr-30", "2030-04"}, {"soon", "no period"},
	} {
		d := read(t, export(map[string][]string{projectsFile: {"X-1,Invented,,," + c.given + ",,,,"}}))
		start := project(t, d).Dates.ServiceStart
		require.Equal(t, c.want, start.String())
		require.Equal(t, c.want == "no period", start.IsZero())
	}
}

func TestRowsLeftOut(t *testing.T) {
	d := read(t, export(map[string][]string{
		projectsFile: {"X-1,Invented,,,,,,,", ",Nameless,,,,,,,", "x-1,Invented again,,,,,,,"},
		paymentsFile: {
			pay("plan1", "2030-01", "2030-03", "Planned", "5"),
			",plan1,,2030-04,2030-06,,Planned,GBP,5",
			",,,,,,,,",
			"",
			"X-1,plan1,,2030-04,2030-06,ORG-1,ORG-2,Planned,GBP,5",
			"X-1,plan1,,2030-04",
			"X-1,plan1,,2030-04,2030-06,,Granted,GBP,5,,,",
			"x-1,plan1,,2030-07,2030-09,,Planned,GBP,6",
			"X-2,plan1,,2030-07,2030-09,,Planned,GBP,6",
		},
	}))
	require.Equal(t, []string{
		projectsFile + `:3:ID (column A): the row is left out: it has no project id`,
		projectsFile + `:4:ID (column A): the row is left out: project "X-1" already has a row`,
		paymentsFile + `:3:Project ID (column A): the row is left out: it has no project id`,
		paymentsFile + `:4: the row is left out: it is empty`,
		paymentsFile + `:6: the row is left out: it has 10 fields for 9 columns: put quotation marks around a text that has a comma in it`,
		paymentsFile + `:7: it has 4 fields for 9 columns: the missing ones are read as empty`,
		paymentsFile + `:7:Type - (Value) (column G): the type is neither Planned nor Actual, so the payment counts as neither`,
		paymentsFile + `:8:Type - (Value) (column G): "Granted" not used: the type is neither Planned nor Actual, so the payment counts as neither`,
		paymentsFile + `:9:Project ID (column A): "x-1" read as "X-1": the project's id is written differently in another row`,
	}, strung(d.Repairs))
	require.Len(t, d.Projects, 2)
	require.Len(t, d.Projects[0].Payments, 4)
	require.Empty(t, d.Projects[1].Name)
	hasNote(t, d, "X-2: "+paymentsFile+":10: this project is not in the projects file, so only its id is known")
}

func TestMissingFiles(t *testing.T) {
	d := read(t, export(map[string][]string{pricingsFile: {"X-1,outcomemetric1,ARS,12.5"}}))
	require.Len(t, d.Files, 9)
	for _, f := range d.Files {
		require.Equal(t, f.Table == "projects_outcome_pricings", f.Name != "")
	}
	hasNote(t, d, "there is no file projects.csv, so its table is empty")
	p := project(t, d)
	require.Equal(t, "12.5", p.Pricings[0].Unit.Decimal.String())
	require.Equal(t, "ARS", p.Pricings[0].Currency)
	require.Equal(t, "X-1", p.ID)
}

func TestColumnsByName(t *testing.T) {
	want := read(t, export(map[string][]string{plansFile: {"X-1,plan1,2030-01,2030-12"}})).Projects
	for _, header := range []string{
		"Period - End,Project ID,Outcome Payment Plan Id,Period - Start",
		"PERIOD - END - (VALUE), project id ,Outcome payment plan ID - (Value),period – start",
		"Period - End - (Value),Project ID,Outcome Payment Plan Id - (Value),Period - Start - (Value),Something new",
	} {
		folder := fstest.MapFS{"original_" + plansFile: {Data: []byte(header + "\n2030-12,X-1,plan1,2030-01\n")}}
		require.Equal(t, want, func() []indigo.Project { d, err := indigo.Read(folder); require.NoError(t, err); return d.Projects }(), header)
	}
	d := read(t, fstest.MapFS{plansFile: {Data: []byte("Project ID,Outcome Payment Plan Id,Period - Start,Period - End\n")}})
	hasNote(t, d, plansFile+`:1: there is no column "Notes", so it is left empty`)
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		folder fs.FS
		want   []string
	}{
		{"nothing", fstest.MapFS{}, []string{"folder: there is no file of an INDIGO export in the folder, such as projects.csv"}},
		{"folders", fstest.MapFS{"a/projects.csv": {}, "b/x": {}}, []string{`folder: there is no file of an INDIGO export in the folder, such as projects.csv; open one of the folders in it: "a", "b"`}},
		{"no folder", nil, []string{"folder: there is no folder to read"}},
		{"twice", fstest.MapFS{"projects.csv": {Data: []byte("ID,Impact Bond Name\n")}, "original_projects.csv": {Data: []byte("ID,Impact Bond Name\n")}}, []string{`projects.csv: this file and "original_projects.csv" both hold the table projects: keep one of them in the folder`}},
		{"empty", fstest.MapFS{"projects.csv": {}}, []string{"projects.csv:1: the file is empty: its first row must name the columns"}},
		{"no columns", fstest.MapFS{"projects.csv": {Data: []byte("Id,Bond\nX-1,Invented\n")}}, []string{
			`projects.csv:1:Impact Bond Name: there is no such column: the columns found are "Id", "Bond"`,
		}},
		{"columns twice", fstest.MapFS{"projects.csv": {Data: []byte("ID,Impact Bond Name,Id - (Value)\n")}}, []string{
			`projects.csv:1:Id - (Value): the column appears twice, as columns 1 and 3: remove one of them`,
		}},
		{"quotation marks", fstest.MapFS{"projects.csv": {Data: []byte("ID,Impact Bond Name\nX-1,an \"odd\" name\n\"X-2\",\"a\nb\"c\nX-3,\"open\n")}}, []string{
			"projects.csv:2:line 2, byte 8: there is a quotation mark in a field that does not begin with one: put the whole field in quotation marks and double this one",
			"projects.csv:3:line 4, byte 2: the quotation mark that opens here is not closed properly: double every quotation mark that is part of the text",
			"projects.csv:4:line 5, byte 11: the quotation mark that opens here is not closed properly: double every quotation mark that is part of the text",
		}},
		{"Windows", fstest.MapFS{"projects.csv": {Data: []byte("ID,Impact Bond Name\nX-1,A\xa3\n")}}, []string{
			`projects.csv:2:character 6: a character cannot be read as UTF-8: save the file as "CSV UTF-8"`,
		}},
		{"UTF-16 without a mark", fstest.MapFS{"projects.csv": {Data: []byte("I\x00D\x00")}}, []string{
			`projects.csv:1:character 2: there is a zero byte, so this is not a text in UTF-8: save the file as "CSV UTF-8"`,
		}},
		{"several files", fstest.MapFS{"projects.csv": {}, plansFile: {Data: []byte("Project ID,Outcome Payment Plan Id,Period - End\n")}}, []string{
			"projects.csv:1: the file is empty: its first row must name the columns",
			plansFile + `:1:Period - Start: there is no such column: the columns found are "Project ID", "Outcome Payment Plan Id", "Period - End"`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := indigo.Read(c.folder)
			require.Nil(t, d)
			require.Error(t, err)
			require.Equal(t, c.want, strings.Split(err.Error(), "\n"))
		})
	}
}

func TestFolderThatCannotBeRead(t *testing.T) {
	_, err := indigo.Read(broken{})
	require.ErrorIs(t, err, fs.ErrPermission)
	_, err = indigo.Read(broken{fstest.MapFS{"projects.csv": {}}})
	require.ErrorIs(t, err, fs.ErrPermission)
	require.EqualError(t, err, "projects.csv: the file cannot be opened: open projects.csv: permission denied")
}

// broken is a folder in which no file can be opened.
type broken struct{ fstest.MapFS }

func (b broken) Open(name string) (fs.File, error) {
	if b.MapFS != nil && name == "." {
		return b.MapFS.Open(name)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func (b broken) ReadDir(name string) ([]fs.DirEntry, error) {
	if b.MapFS == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadDir(name)
}

// The same table in every dress in which a spreadsheet may save it.
func TestEncodings(t *testing.T) {
	const plain = "ID,Impact Bond Name - (Value),Notes - (Value)\nX-1,Children’s £ bond,\"two\nlines, \"\"quoted\"\"\"\nX-2,Second,\n,,\n"
	tabs := strings.ReplaceAll(strings.ReplaceAll(plain, "bond,", "bond\t"), ",Imp", "\tImp")
	tabs = strings.NewReplacer("Name - (Value),", "Name - (Value)\t", "X-1,", "X-1\t", "X-2,Second,", "X-2\tSecond\t", ",,", "\t\t").Replace(tabs)
	semicolons := strings.ReplaceAll(tabs, "\t", ";")
	want := read(t, fstest.MapFS{"projects.csv": {Data: []byte(plain)}})
	require.Equal(t, "two\nlines, \"quoted\"", want.Projects[0].Remark)
	require.Equal(t, 4, want.Repairs[0].Row, "rows are counted as a spreadsheet does")
	for name, data := range map[string][]byte{
		"CRLF":             []byte(strings.ReplaceAll(plain, "\n", "\r\n")),
		"mark":             []byte("\ufeff" + plain),
		"UTF-16LE":         wide(binary.LittleEndian, plain),
		"UTF-16BE":         wide(binary.BigEndian, plain),
		"UTF-16LE, tabs":   wide(binary.LittleEndian, tabs),
		"semicolons":       []byte(semicolons),
		"spaces at an end": []byte(strings.ReplaceAll(plain, "X-2,Second,", " X-2 , Second\t,")),
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, fstest.MapFS{"projects.csv": {Data: data}})
			require.Equal(t, want, d)
		})
	}
	old := read(t, fstest.MapFS{"projects.csv": {Data: []byte("ID,Impact Bond Name\rX-1,Old\r")}})
	require.Equal(t, "Old", project(t, old).Name)
	_, err := indigo.Read(fstest.MapFS{"projects.csv": {Data: append(wide(binary.LittleEndian, plain), 'x')}})
	require.ErrorContains(t, err, "zero byte")
}

// wide is a text in UTF-16 with a byte order mark.
func wide(order binary.AppendByteOrder, text string) []byte {
	var data []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

func TestFilesThatAreNotRead(t *testing.T) {
	folder := export(map[string][]string{projectsFile: nil})
	folder["Institutions.CSV"] = &fstest.MapFile{}
	folder["projects_sources.csv"] = &fstest.MapFile{}
	folder["current-projects.csv"] = &fstest.MapFile{}
	folder["README.md"] = &fstest.MapFile{}
	folder["projects"] = &fstest.MapFile{}
	d := read(t, folder)
	require.Equal(t, []string{"Institutions.CSV", "current-projects.csv", "projects_sources.csv"}, d.Unread)
}

func TestFindingAProject(t *testing.T) {
	d := read(t, export(map[string][]string{projectsFile: {
		"INDIGO-X-0001,Northmoor Children’s Bond,,,,,,,", "INDIGO-X-0002,Southdale Children’s Bond,,,,,,,", "INDIGO-X-0003,Northmoor,,,,,,,",
	}}))
	for _, c := range []struct{ given, want string }{
		{"INDIGO-X-0002", "INDIGO-X-0002"},
		{"indigo-x-0002 ", "INDIGO-X-0002"},
		{"0002", "INDIGO-X-0002"},
		{"southdale", "INDIGO-X-0002"},
		{"Southdale Children's", "INDIGO-X-0002"},
		{"NORTHMOOR", "INDIGO-X-0003"}, // the whole name comes before part of one
		{"northmoor c", "INDIGO-X-0001"},
		{"children’s", ""},
		{"Westhaven", ""},
		{"", ""},
		{" ", ""},
	} {
		p, ok := d.Project(c.given)
		require.Equal(t, c.want, p.ID, c.given)
		require.Equal(t, c.want != "", ok)
	}
}
