package sheet

import (
	"math"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// ParseNumber reads 1.234,56 · 1,234.56 · 1 234,56 · 1'234.56 · (5) · € 12,5.
// decimal is '.' or ',', or 0 when only the number itself can tell; then
// 1,234, which can be two numbers, is an error. The error is an Invalid fault.
func ParseNumber(s string, decimal byte) (float64, error) {
	text := strings.TrimSpace(s)
	if text == "" {
		return 0, fault.New(fault.Invalid, "There is no number.")
	}
	plain, minus := bare(text)
	if decimal == 0 {
		if decimal = decimalOf(plain); decimal == 0 {
			return 0, fault.New(fault.Invalid, "“%s” can be two numbers; say whether a point or a comma parts the decimals.", text)
		}
	}
	whole, ok := ungrouped(plain, decimal)
	if !ok {
		return 0, fault.New(fault.Invalid, "“%s” is not a number (decimals are parted by a %s).", text, markName(decimal))
	}
	f, err := strconv.ParseFloat(whole, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return 0, fault.New(fault.Invalid, "“%s” is not a number.", text)
	}
	if minus {
		f = -f
	}
	return f, nil
}

func markName(decimal byte) string {
	if decimal == ',' {
		return "comma"
	}
	return "point"
}

// GuessDecimal is the mark that parts decimals in those values that are
// numbers; 0 when they do not tell, or contradict one another.
func GuessDecimal(values []string) byte {
	var points, commas int
	for _, v := range values {
		plain, _ := bare(strings.TrimSpace(v))
		if !strings.ContainsAny(plain, ".,") {
			continue
		}
		d := decimalOf(plain)
		if d == 0 {
			continue
		}
		if _, ok := ungrouped(plain, d); !ok {
			continue
		}
		if d == ',' {
			commas++
		} else {
			points++
		}
	}
	switch {
	case points > 0 && commas == 0:
		return '.'
	case commas > 0 && points == 0:
		return ','
	}
	return 0
}

// bare takes off signs, currencies and the marks that only ever part
// thousands, and folds dashes.
func bare(s string) (plain string, minus bool) {
	if len(s) > 64 {
		return s, false
	}
	s = thousands.Replace(s)
	s = strings.TrimSpace(strings.Trim(s, "€$£¥"))
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		return strings.Trim(s, "()€$£¥ "), true
	}
	s = strings.Replace(s, "−", "-", 1)
	if rest, ok := strings.CutSuffix(s, "-"); ok && rest != "" { // as SAP writes it
		return rest, true
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return strings.TrimSpace(strings.Trim(rest, "€$£¥")), true
	}
	return strings.TrimPrefix(s, "+"), false
}

var thousands = strings.NewReplacer("\u00a0", "", "\u202f", "", "\u2009", "", "'", "", "’", "")

// decimalOf decides by one number alone; 0 when it can be read two ways.
func decimalOf(s string) byte {
	point, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	switch {
	case point < 0 && comma < 0:
		return '.'
	case point > comma && comma >= 0:
		return '.'
	case comma > point && point >= 0:
		return ','
	}
	mark, other := byte('.'), byte(',')
	if comma >= 0 {
		mark, other = ',', '.'
	}
	at := strings.LastIndexByte(s, mark)
	if strings.Count(s, string(mark)) > 1 {
		return other
	}
	if len(s)-at-1 == 3 && at >= 1 && at <= 3 && s[0] != '0' && digits(s[:at]) {
		return 0
	}
	return mark
}

// ungrouped writes a number as Go does; false when the marks that part
// thousands do not stand where thousands are parted.
func ungrouped(s string, decimal byte) (string, bool) {
	whole, frac, has := strings.Cut(s, string(decimal))
	exp := ""
	if i := strings.IndexAny(s, "eE"); i > 0 {
		exp = s[i:]
		if whole, frac, has = strings.Cut(s[:i], string(decimal)); !exponent(exp[1:]) {
			return "", false
		}
	}
	group := "."
	if decimal == '.' {
		group = ","
	}
	if strings.Contains(whole, " ") {
		group = " "
	}
	parts := strings.Split(whole, group)
	for i, p := range parts {
		if !digits(p) && !(i == 0 && p == "" && has && len(parts) == 1) {
			return "", false
		}
		if len(parts) > 1 && (i > 0 && len(p) != 3 || i == 0 && len(p) > 3) {
			return "", false
		}
	}
	if has && frac != "" && !digits(frac) || whole == "" && frac == "" {
		return "", false
	}
	return strings.Join(parts, "") + "." + frac + exp, true
}

func exponent(s string) bool {
	return digits(strings.TrimLeft(s, "+-")) && len(s) < 5
}
