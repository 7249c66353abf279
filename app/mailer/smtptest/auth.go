package smtptest

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

var b64 = base64.StdEncoding

// auth reports whether the conversation goes on.
func (t *talk) auth(rest string) bool {
	mechanism, first, _ := strings.Cut(rest, " ")
	if !slices.Contains(t.s.opt.Mechanisms, mechanism) {
		t.say("504 5.5.4 Unknown mechanism")
		return true
	}
	ok := false
	switch mechanism {
	case "PLAIN":
		ok = t.plain(first)
	case "LOGIN":
		ok = t.login()
	case "CRAM-MD5":
		ok = t.cram()
	case "SCRAM-SHA-256":
		ok = t.scram(first)
	}
	if !ok {
		t.say("535 5.7.8 Bad user name or password")
		return true
	}
	t.letter.User, t.letter.Mechanism = t.s.opt.Username, mechanism
	t.say("235 2.7.0 welcome")
	return true
}

// ask sends a challenge and returns the answer.
func (t *talk) ask(challenge string) string {
	t.say("334 %s", b64.EncodeToString([]byte(challenge)))
	line, _ := t.in.ReadString('\n')
	answer, _ := b64.DecodeString(strings.TrimRight(line, "\r\n"))
	return string(answer)
}

func (t *talk) plain(first string) bool {
	said, _ := b64.DecodeString(first)
	return string(said) == "\x00"+t.s.opt.Username+"\x00"+t.s.opt.Password
}

func (t *talk) login() bool {
	user, password := t.ask("Username:"), t.ask("Password:")
	return user == t.s.opt.Username && password == t.s.opt.Password
}

func (t *talk) cram() bool {
	const challenge = "<1896.697170952@sink>"
	mac := hmac.New(md5.New, []byte(t.s.opt.Password))
	mac.Write([]byte(challenge))
	return t.ask(challenge) == t.s.opt.Username+" "+hex.EncodeToString(mac.Sum(nil))
}

// scram is RFC 5802 without channel binding.
func (t *talk) scram(first string) bool {
	said, _ := b64.DecodeString(first)
	if first == "" {
		said = []byte(t.ask(""))
	}
	bare, ok := strings.CutPrefix(string(said), "n,,")
	if !ok {
		return false
	}
	nonce := value(bare, "r=") + "sink"
	challenge := fmt.Sprintf("r=%s,s=%s,i=4096", nonce, b64.EncodeToString([]byte("saltsaltsalt")))
	final := t.ask(challenge)
	unproved, proof, _ := strings.Cut(final, ",p=")
	salted, err := pbkdf2.Key(sha256.New, t.s.opt.Password, []byte("saltsaltsalt"), 4096, 32)
	if err != nil || value(bare, "n=") != t.s.opt.Username || value(unproved, "r=") != nonce {
		return false
	}
	client := sign(salted, "Client Key")
	stored := sha256.Sum256(client)
	text := bare + "," + challenge + "," + unproved
	want := sign(stored[:], text)
	for i := range want {
		want[i] ^= client[i]
	}
	if b64.EncodeToString(want) != proof {
		return false
	}
	t.ask("v=" + b64.EncodeToString(sign(sign(salted, "Server Key"), text)))
	return true
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func value(fields, name string) string {
	for field := range strings.SplitSeq(fields, ",") {
		if v, ok := strings.CutPrefix(field, name); ok {
			return v
		}
	}
	return ""
}
