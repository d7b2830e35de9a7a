// Package docs_test keeps the guide true: its example can be run and comes to
// what the guide says, its extracts are what the library holds, and its
// commands work.
package docs_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

const example = "example/two-payers.yaml"

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// pages returns the guide's pages by name.
func pages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.md")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	all := map[string]string{}
	for _, file := range files {
		all[file] = read(t, file)
	}
	return all
}

var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// blocks returns what stands between fences of a language, in order.
func blocks(page, language string) []string {
	var all []string
	for _, found := range fence.FindAllStringSubmatch(page, -1) {
		if found[1] == language {
			all = append(all, found[2])
		}
	}
	return all
}

func open(t *testing.T) *scenario.Document {
	t.Helper()
	d, err := scenario.Read(example, strings.NewReader(read(t, example)))
	require.NoError(t, err)
	return d
}

// version is a version of the example, with edits on top.
func version(t *testing.T, d *scenario.Document, text string, edits ...scenario.Edit) *scenario.Version {
	t.Helper()
	v, err := d.Version(text, edits...)
	require.NoError(t, err)
	require.NoError(t, v.Programme.Validate())
	return v
}

func total(t *testing.T, r *montecarlo.Result, name, of string) montecarlo.Summary {
	t.Helper()
	for _, s := range r.Totals { // a savings target is named by the council, its amount and its years
		if s.Name == name && (s.Of == of || of != "" && strings.HasPrefix(s.Of, of+", ")) {
			return s
		}
	}
	t.Fatalf("there is no %s, %s", name, of)
	return montecarlo.Summary{}
}

func TestExampleByHand(t *testing.T) {
	d := open(t)
	c, err := montecarlo.Compare(context.Background(), []*scenario.Version{
		version(t, d, "low"), version(t, d, "medium"), version(t, d, "high"),
		version(t, d, "medium + ceiling"), version(t, d, "medium + entry to care half as likely"),
	}, "medium", montecarlo.Options{Seed: 1, Replications: 40})
	require.NoError(t, err)
	medium, ceiling, kinder := c.Results[1], c.Results[3], c.Results[4]

	// Nothing breaks down: 60 children on the edge of care, each with one start
	// and two milestones, of which a fifth is not paid for.
	for name, want := range map[string]float64{
		"O2 taking part":   60 * 1500,
		"O3 still at home": 60 * 2 * 5000 * 0.8,
	} {
		got := total(t, ceiling, montecarlo.Claims, name)
		require.InDelta(t, want, got.Mean, 0.001, name)
		require.Zero(t, *got.SD, name)
	}
	// Both caps are reached in every replication.
	for of, want := range map[string]float64{"": 1400000, "Example Outcomes Fund": 350000, "Larkshire": 1050000} {
		got := total(t, ceiling, montecarlo.Payments, of)
		require.InDelta(t, want, got.Mean, 0.001, of)
		require.Zero(t, *got.SD, of)
	}

	// Expectations: a stay of n weeks needs n - 1 weeks without a breakdown.
	starts := 60 * 0.9
	require.InDelta(t, starts*1500, total(t, medium, montecarlo.Claims, "O2 taking part").Central, 0.1)
	milestones := math.Pow(0.997, 27-1) + math.Pow(0.997, 53-1)
	require.InDelta(t, starts*milestones*5000*0.8, total(t, medium, montecarlo.Claims, "O3 still at home").Central, 0.1)
	// Step-down without birthdays or returns to residential care: 13 weeks there, then
	// up to 104 paid.
	young := version(t, d, "medium", scenario.Set("ages at referral.to", "15"),
		scenario.Set("background.foster", "none"), scenario.Set("background.reunified", "none"))
	r, err := montecarlo.Run(context.Background(), young, montecarlo.Options{Seed: 1, Replications: 2})
	require.NoError(t, err)
	weeks := 30 * math.Pow(1-0.006, 13) * 0.6 * (1 - math.Pow(0.992, 104)) / 0.008
	require.InDelta(t, weeks, total(t, r, montecarlo.PaidUnits, "O1 family placement").Central, 0.001)

	// The same rates in both worlds: nothing is avoided, and payment is the same.
	same := total(t, kinder, montecarlo.Avoided, "edge of care")
	require.Zero(t, same.Mean)
	require.Equal(t, "independent lives", same.Pairing)
	require.Zero(t, *same.OtherPairing.SD) // with the same luck nothing is avoided in any replication
	require.Equal(t, total(t, medium, montecarlo.Payments, "").Mean, total(t, kinder, montecarlo.Payments, "").Mean)
}

// The range that the page quotes in both pairings, to within what 2,000
// replications say of a quantile.
func TestQuotedRangeInBothPairings(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	r, err := montecarlo.Run(t.Context(), version(t, dn2, "medium"), montecarlo.Options{Seed: 1, Replications: 2000, TotalsOnly: true, FixedRates: true})
	require.NoError(t, err)
	net := total(t, r, montecarlo.NetPublic, "")
	require.Equal(t, "independent lives", net.Pairing)
	page, err := os.ReadFile("counterfactual-and-deadweight.md")
	require.NoError(t, err)
	require.Contains(t, string(page), "£3.8m to £9.7m in nine runs out of ten, where the same luck would give £4.2m to £9.2m")
	for i, want := range []float64{3.8e6, 9.7e6} {
		require.InDelta(t, want, net.Quantiles[4*i].Value, 0.2e6)
	}
	for i, want := range []float64{4.2e6, 9.2e6} {
		require.InDelta(t, want, net.OtherPairing.Quantiles[4*i].Value, 0.2e6)
	}
}

// Figures that the pages quote, as the command prints them today.
func TestQuotedFigures(t *testing.T) {
	d := open(t)
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	pounds := func(x float64) string {
		digits := fmt.Sprintf("%.0f", x)
		for i := len(digits) - 3; i > 0; i -= 3 {
			digits = digits[:i] + "," + digits[i:]
		}
		return "£" + digits
	}
	millions := func(x float64) string { return fmt.Sprintf("£%.1fm", math.Abs(x)/1e6) }
	pennies := func(x float64) string { return fmt.Sprintf("£%.2fm", x/1e6) }
	weeks := func(x float64) string { return strings.TrimPrefix(pounds(x), "£") }
	teenagers := version(t, d, "medium", scenario.Set("ages at referral.to", "18"))

	for _, c := range []struct {
		page    string
		version *scenario.Version
		quoted  string // as the page has it
		as      func(float64) string
		measure []string // name and of whom; a second pair is added
	}{
		{"walkthrough-money.md", version(t, d, "medium + ceiling"), "£1,867,194", pounds, []string{montecarlo.Claims, "O1 family placement"}},
		{"walkthrough-money.md", version(t, d, "medium"), "£384,526", pounds, []string{montecarlo.Claims, "O3 still at home"}},
		{"walkthrough-money.md", version(t, d, "medium"), "£1,172,054", pounds, []string{montecarlo.Claims, ""}},
		{"walkthrough-money.md", version(t, d, "medium"), "£3,875,369", pounds, []string{montecarlo.Avoided, ""}},
		{"walkthrough-money.md", version(t, d, "medium"), "£406,895", pounds, []string{montecarlo.Avoided, "edge of care"}},
		{"walkthrough-money.md", version(t, d, "medium"), "£465,526", pounds, []string{montecarlo.Claims, "O2 taking part", montecarlo.Claims, "O3 still at home"}},
		{"counterfactual-and-deadweight.md", version(t, d, "medium"), "£406,895", pounds, []string{montecarlo.Avoided, "edge of care"}},
		{"counterfactual-and-deadweight.md", version(t, d, "medium"), "£465,526", pounds, []string{montecarlo.Claims, "O2 taking part", montecarlo.Claims, "O3 still at home"}},
		{"cohort.md", version(t, d, "medium"), "1,178", weeks, []string{montecarlo.PaidUnits, "O1 family placement"}},
		{"cohort.md", teenagers, "1,015", weeks, []string{montecarlo.PaidUnits, "O1 family placement"}},
		{"cap.md", version(t, d, "medium"), "£1,172,054", pounds, []string{montecarlo.Payments, ""}},
		{"cap.md", version(t, d, "high"), "£5.7m", millions, []string{montecarlo.NetPublic, ""}},
		{"cap.md", version(t, d, "high + no contract cap"), "£5.2m", millions, []string{montecarlo.NetPublic, ""}},
		{"cases.md", version(t, d, "low"), "£0.55m", pennies, []string{montecarlo.Payments, ""}},
		{"cashability.md", version(t, d, "medium"), "£1,584,368", pounds, []string{"cashable saving less own payments, against the savings target", "Larkshire"}},
		{"cashability.md", version(t, dn2, "base"), "£3.5m", millions, []string{montecarlo.NetPublic, ""}},
		{"cashability.md", version(t, dn2, "base"), "£1.1m", millions, []string{montecarlo.NetCashable, ""}},
		{"counterfactual-and-deadweight.md", version(t, dn2, "medium"), "£13.3m", millions, []string{montecarlo.Avoided, ""}},
		{"counterfactual-and-deadweight.md", version(t, dn2, "medium + edge of care counterfactual as in START"), "£10.9m", millions, []string{montecarlo.Avoided, ""}},
		{"counterfactual-and-deadweight.md", version(t, dn2, "medium + edge of care counterfactual as in Essex"), "£14.6m", millions, []string{montecarlo.Avoided, ""}},
		{"price.md", version(t, dn2, "base"), "£5.56m", pennies, []string{montecarlo.Payments, ""}},
		{"price.md", version(t, dn2, "base + flat tariffs"), "£5.56m", pennies, []string{montecarlo.Payments, ""}},
		{"price.md", version(t, dn2, "base + steep tariffs"), "£5.57m", pennies, []string{montecarlo.Payments, ""}},
	} {
		r, err := montecarlo.Run(context.Background(), c.version, montecarlo.Options{Seed: 1, Replications: 2, TotalsOnly: true})
		require.NoError(t, err)
		sum := 0.0
		for i := 0; i < len(c.measure); i += 2 {
			sum += total(t, r, c.measure[i], c.measure[i+1]).Central
		}
		require.Equal(t, c.quoted, c.as(sum), "%s: %v", c.page, c.measure)
		require.Contains(t, read(t, c.page), c.quoted, c.page)
	}
}

// What the page on the value of information says of DN2, to within what 1,000 draws say.
func TestQuotedValue(t *testing.T) {
	if testing.Short() {
		t.Skip("values DN2 twice")
	}
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	medium, err := dn2.Version("medium")
	require.NoError(t, err)
	page := strings.Join(strings.Fields(read(t, "value-of-information.md")), " ")
	study := sensitivity.Study{Children: 200, Weeks: 52, Cost: decimal.NewFromInt(60_000)}
	of := func(council string) *sensitivity.Valued {
		v, err := sensitivity.Value(context.Background(), medium, sensitivity.Valuing{Council: council, Studies: []sensitivity.Study{study}, Run: montecarlo.Options{Seed: 1, Replications: 1_000}})
		require.NoError(t, err)
		return v
	}
	near := func(quoted string, value, got, stdErr float64) {
		require.Contains(t, page, quoted)
		require.InDelta(t, value, got, 3.3*stdErr, quoted)
	}
	derby := of("Derby").Cash
	near("with a chance of about 80%", 0.80, derby.Options[1].Best, derby.Options[1].BestStdErr)
	near("worth about £53,000 to it", 53_000, derby.Perfect.Value, derby.Perfect.StdErr)
	require.Less(t, derby.Studies[0].Value, 30_000.0, "no study comes near £60,000")
	public := of("")
	near("52% to 48%", 0.52, public.Cash.Options[1].Best, public.Cash.Options[1].BestStdErr)
	require.Contains(t, page, "more than three times that price")
	worth := public.Cash.Studies[0]
	require.Greater(t, worth.Value+3.3*worth.StdErr, 180_000.0)
	near("best with a chance of 95%", 0.95, public.AllCare.Options[1].Best, public.AllCare.Options[1].BestStdErr)
}

// What the walkthrough builds up is the example, line for line.
func TestWalkthroughIsTheExample(t *testing.T) {
	built := blocks(read(t, "walkthrough.md"), "yaml")
	built = append(built, blocks(read(t, "walkthrough-money.md"), "yaml")...)
	require.Equal(t, bare(read(t, example)), bare(strings.Join(built, "\n")))
}

// bare leaves out blank lines and those with nothing but a remark.
func bare(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); strings.TrimSpace(line) != "" && !strings.HasPrefix(strings.TrimSpace(line), "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// Every block of YAML says what it is and is that: an extract of DN2 or of the
// example, or something that can be added to the example.
func TestYAML(t *testing.T) {
	dn2, err := scenario.Library().Open("dn2.yaml")
	require.NoError(t, err)
	var text bytes.Buffer
	_, err = text.ReadFrom(dn2)
	require.NoError(t, err)
	for page, content := range pages(t) {
		for i, block := range blocks(content, "yaml") {
			t.Run(fmt.Sprintf("%s %d", page, i+1), func(t *testing.T) {
				first, _, _ := strings.Cut(block, "\n")
				switch first {
				case "# DN2":
					extract(t, "", load(t, block), load(t, text.String()))
				case "# two-payers":
					extract(t, "", load(t, block), load(t, read(t, example)))
				case "# try":
					whole := load(t, read(t, example))
					merge(whole, load(t, block))
					changed, err := yaml.Marshal(whole)
					require.NoError(t, err)
					_, err = scenario.Read(page, bytes.NewReader(changed))
					require.NoError(t, err)
				case "# fund":
					v := version(t, open(t), "medium")
					_, err := scenario.ReadFund(page, strings.NewReader(block), v.Programme)
					require.NoError(t, err)
				default:
					t.Fatalf("the block begins with %q: begin it with # DN2, # two-payers, # try or # fund", first)
				}
			})
		}
	}
}

func load(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var n yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(text), &n))
	require.Len(t, n.Content, 1)
	return n.Content[0]
}

// entry returns the value of a name in a block, or nil.
func entry(n *yaml.Node, name string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// inner takes a value out of {value: …, status: …}.
func inner(n *yaml.Node) *yaml.Node {
	if value := entry(n, "value"); value != nil {
		return value
	}
	return n
}

// extract requires that all that part says stands in whole, notes apart.
func extract(t *testing.T, at string, part, whole *yaml.Node) {
	t.Helper()
	for _, evidence := range []string{"status", "source"} {
		if said := entry(part, evidence); said != nil && entry(part, "value") != nil {
			require.NotNil(t, entry(whole, evidence), at)
			require.Equal(t, entry(whole, evidence).Value, said.Value, at+" "+evidence)
		}
	}
	part, whole = inner(part), inner(whole)
	require.Equal(t, whole.Kind, part.Kind, at)
	switch part.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(part.Content); i += 2 {
			name := part.Content[i].Value
			found := entry(whole, name)
			require.NotNil(t, found, "%s has no %s", at, name)
			extract(t, at+"."+name, part.Content[i+1], found)
		}
	case yaml.SequenceNode:
		require.Len(t, part.Content, len(whole.Content), at)
		for i := range part.Content {
			extract(t, fmt.Sprintf("%s.%d", at, i+1), part.Content[i], whole.Content[i])
		}
	default:
		require.Equal(t, whole.Value, part.Value, at)
	}
}

// merge puts all that part says into whole.
func merge(whole, part *yaml.Node) {
	for i := 0; i < len(part.Content); i += 2 {
		name, value := part.Content[i], part.Content[i+1]
		there := entry(whole, name.Value)
		switch {
		case there == nil:
			whole.Content = append(whole.Content, name, value)
		case there.Kind == yaml.MappingNode && value.Kind == yaml.MappingNode:
			merge(there, value)
		default:
			*there = *value
		}
	}
}

// commands returns the command lines of a page as lists of words, without
// remarks and redirections.
func commands(page string) [][]string {
	var all [][]string
	for _, block := range blocks(page, "sh") {
		for line := range strings.Lines(block) {
			var words []string
			for _, word := range regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(line, -1) {
				if word == "#" || word == ">" {
					break
				}
				words = append(words, strings.Trim(word, `"`))
			}
			if len(words) > 0 && words[0] == "edgeofcare" {
				all = append(all, words[1:])
			}
		}
	}
	return all
}

// Every command line of the guide begins with a command that there is.
func TestCommandsExist(t *testing.T) {
	source := read(t, "../cmd/edgeofcare/main.go")
	there := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^\t([A-Z][a-z]+)\s+\w+Command\s+.cmd:`).FindAllStringSubmatch(source, -1) {
		there[strings.ToLower(found[1])] = true
	}
	require.True(t, there["validate"], "the commands were not found in main.go")
	for page, content := range pages(t) {
		for _, words := range commands(content) {
			require.NotEmpty(t, words, page)
			require.True(t, there[words[0]], "%s: edgeofcare %s", page, strings.Join(words, " "))
		}
	}
}

// built is the command, built once for all tests, in a folder that TestMain removes.
var built = sync.OnceValues(func() (string, error) {
	command := filepath.Join(builtIn, "edgeofcare")
	out, err := exec.Command("go", "build", "-o", command, "../cmd/edgeofcare").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return command, nil
})

var builtIn string

func TestMain(m *testing.M) {
	var err error
	if builtIn, err = os.MkdirTemp("", "edgeofcare"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(builtIn)
	os.Exit(code)
}

// Every command line of the guide works. How many replications it has proves nothing
// here; what runs many versions of DN2 is for EDGEOFCARE_LONG=1, as are all but the first
// of a page's lines that hold draws to what was paid. Smaller programmes are run in the
// tests of the command.
func TestCommandsRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	command, err := built()
	require.NoError(t, err)
	for page, content := range pages(t) {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, os.MkdirAll(filepath.Join(dir, "docs/example"), 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "docs", example), []byte(read(t, example)), 0o644))
			if !strings.Contains(content, "edgeofcare init") {
				require.NoError(t, os.WriteFile(filepath.Join(dir, "mine.yaml"), []byte(read(t, example)), 0o644))
			}
			held := 0
			for _, words := range commands(content) {
				many := slices.Contains(words, "--reverse") || slices.Contains(words, "--all")
				if slices.Contains([]string{"backtest", "condition", "reforecast"}, words[0]) {
					held++
					many = held > 1
				}
				if many && os.Getenv("EDGEOFCARE_LONG") == "" {
					continue
				}
				run := exec.Command(command, withFewReplications(words)...)
				run.Dir = dir
				out, err := run.CombinedOutput()
				require.NoError(t, err, "edgeofcare %s\n%s", strings.Join(words, " "), out)
			}
		})
	}
}

// withFewReplications is a command line with as few replications as show that it works.
func withFewReplications(words []string) []string {
	words = slices.Clone(words)
	if at := slices.Index(words, "-n"); at >= 0 {
		words[at+1] = "4"
	} else if words[0] == "reforecast" {
		words = append(words, "--draws", "20")
	} else if slices.Contains([]string{"run", "compare", "invest", "stress", "solve", "size", "plot", "backtest", "portfolio", "report"}, words[0]) {
		words = append(words, "-n", "4")
	} else if words[0] == "sensitivity" && !slices.Contains(words, "--grid") {
		words = append(words, "-n", "60", "--rows", "16")
	} else if words[0] == "value" { // which needs more
		words = append(words, "-n", "200")
	}
	return words
}

// Every page is short and every link within the guide leads somewhere.
func TestPages(t *testing.T) {
	for page, content := range pages(t) {
		require.Less(t, strings.Count(content, "\n"), 120, page)
		for _, link := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(content, -1) {
			_, err := os.Stat(filepath.FromSlash(link[1]))
			require.NoError(t, err, page)
		}
		if slices.Contains([]string{"gallery.md", "performance.md", "growth.md", "backtest.md", "spreadsheet.md", "warnings.md", "how-sure.md", "portfolio.md", "measures.md", "r-and-python.md", "workbook.md", "page.md", "value-of-information.md", "solve.md", "sensitivity.md", "estimate.md", "returns.md", "population.md", "claims.md", "formats.md", "condition.md"}, page) {
			require.Contains(t, read(t, "README.md"), "("+page+")")
		} else if page != "README.md" && !strings.HasPrefix(page, "walkthrough") {
			for _, heading := range []string{"**The decision.**", "## What in the contract answers it", "## How to write it", "## What is usually got wrong", "## How to check it"} {
				require.Contains(t, content, heading, page)
			}
			require.Contains(t, read(t, "README.md"), "("+page+")")
		}
	}
}

// What the page for R and Python has works as it stands, one block after the other, with
// the files that its commands write. Python or R that is not installed is skipped.
func TestRAndPython(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	page := read(t, "r-and-python.md")
	dir := t.TempDir()
	command, err := built()
	require.NoError(t, err)
	for _, words := range commands(page) {
		words[slices.Index(words, "-n")+1] = "100"
		run := exec.Command(command, words...)
		run.Dir = dir
		out, err := run.CombinedOutput()
		require.NoError(t, err, string(out))
	}
	for language, interpreter := range map[string][]string{"python": {"python3", "-c"}, "r": {"Rscript", "-e"}} {
		t.Run(language, func(t *testing.T) {
			lines := strings.Join(blocks(page, language), "")
			require.GreaterOrEqual(t, strings.Count(lines, "\n"), 10)
			if _, err := exec.LookPath(interpreter[0]); err != nil {
				t.Skipf("%s is not installed, so that the lines of %s on the page are not tried", interpreter[0], language)
			}
			run := exec.Command(interpreter[0], interpreter[1], lines)
			run.Dir = dir
			out, err := run.CombinedOutput()
			require.NoError(t, err, string(out))
			require.Contains(t, string(out), "2022/23", string(out)) // the payments of a year, at the end
		})
	}
}

// What the page on capital says that each party earns, in the central projection.
func TestQuotedReturns(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	page := read(t, "capital-structures.md")
	rows := map[string]string{}
	for _, info := range dn2.Structures() {
		r, err := montecarlo.Run(context.Background(), version(t, dn2, "medium + "+info.Name), montecarlo.Options{Seed: 1, Replications: 2, TotalsOnly: true})
		require.NoError(t, err)
		of := func(name, party string) string {
			rank, ok := r.Ranked.Of(montecarlo.InternalRate, party)
			require.True(t, ok)
			return fmt.Sprintf("%s %.*f%%", name, map[bool]int{false: 1}[*rank.Central == -1], 100**rank.Central)
		}
		rows[info.Name] = map[string]func() string{
			"senior and junior loans": func() string { return of("senior", "Senior lender") + ", " + of("junior", "Junior lender") },
			"first-loss grant":        func() string { return of("lender", "Lender") + ", " + of("grant", "Grant giver") },
			"revolving facility":      func() string { return of("lender", "Lender") },
			"provider at risk":        func() string { return of("investor", "Investor") + ", " + of("provider", "Polaris") },
		}[info.Name]()
	}
	require.Len(t, rows, 4)
	for name, earned := range rows {
		require.Regexp(t, `(?m)^\| `+name+` \|.*\| `+regexp.QuoteMeta(earned)+` \|$`, page)
	}
	high, err := montecarlo.Run(context.Background(), version(t, dn2, "high"), montecarlo.Options{Seed: 1, Replications: 2, TotalsOnly: true})
	require.NoError(t, err)
	for party, quoted := range map[string]string{"Polaris": "1.70 times", finance.WholePosition("Polaris"): "1.54 with"} {
		rank, ok := high.Ranked.Of(montecarlo.MoneyMultiple, party)
		require.True(t, ok)
		require.Equal(t, quoted[:4], fmt.Sprintf("%.2f", *rank.Central))
		require.Contains(t, page, quoted)
	}
}
