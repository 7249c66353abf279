package smtp

// What to do about a failure. They carry no names or numbers, so that each can
// be translated as it stands.
const (
	hintSenderForm    = "The sender address cannot be used. Enter a plain address such as portal@example.com."
	hintRecipientForm = "The recipient's address cannot be used. Correct it, then send again."
	hintReplyForm     = "The address for answers cannot be used. Enter a plain address such as office@example.com."
	hintMessageForm   = "The letter could not be put together. Nothing was sent."

	hintNoHost     = "There is no server of this name. Check the spelling of the host."
	hintNameServer = "The name of the server could not be looked up at this moment. Check that this machine can reach a name server."

	hintRefused  = "Nothing listens at this port of the server. Check the port: 587 is usual for STARTTLS, 465 for TLS, 25 for none."
	hintNoAnswer = "The server does not answer at this port. A firewall may be in between, or the port is wrong: 587 is usual for STARTTLS, 465 for TLS."
	hintNoWay    = "The server cannot be reached from this machine. Check host, port and firewall."

	hintSilent     = "The server took the call but does not speak as a mail server does. With port 465 choose TLS instead of STARTTLS."
	hintNoGreeting = "What answers at this port is not a mail server, or it does not want to talk to this machine. Check the port, and that the kind of encryption fits it."
	hintUnwelcome  = "The server does not talk to this machine. Ask whoever runs it to allow this machine's address."
	hintBusy       = "The server is busy or has had enough of us for the moment. It is tried again later."

	hintNoTLS     = "The server offers no encryption at this port. Choose TLS with port 465 if the server has it."
	hintNotTLS    = "The server does not speak TLS at this port. With port 587 or 25 choose STARTTLS."
	hintUnknownCA = "The server's certificate is signed by nobody this machine trusts. Install a certificate of a known authority on the server, or add its authority to those this machine trusts."
	hintOtherName = "The server's certificate is made out to another name. Enter the host exactly as in the certificate."
	hintExpired   = "The server's certificate is not valid today. Renew it, or check the clock of this machine."
	hintBadCert   = "The server's certificate cannot be used. Install a proper one on the server."
	hintTLS       = "The encrypted connection did not come about. Check that the kind of encryption fits the port: 587 is usual for STARTTLS, 465 for TLS."

	hintClear       = "A user name and password are never sent without encryption. Choose STARTTLS or TLS, or leave the user name empty."
	hintNoAuth      = "The server offers no way to sign in that is known here. If it needs none, leave the user name empty."
	hintPassword    = "The server refuses the user name or the password. Check both; some services want a password made for programs."
	hintAppPassword = "The service wants a password made for programs (an app password) instead of the person's own."
	hintAuthLater   = "The server cannot check the password at this moment. It is tried again later."
	hintWantsAuth   = "The server wants us to sign in first. Enter user name and password, and choose STARTTLS or TLS."

	hintSender         = "The server does not accept the sender address. Use an address that belongs to the account you sign in with."
	hintRecipient      = "The server says that this address does not exist or takes no mail. Check its spelling."
	hintRecipientLater = "The mailbox cannot take the letter at this moment. It is tried again later."
	hintRelay          = "The server refuses to deliver to other people's domains. Usually it wants us to sign in, or it has to allow this machine."
	hintTooBig         = "The letter is too large for the server."
	hintContent        = "The server refuses the letter itself, perhaps as unwanted mail. Its words say more."
	hintLater          = "The server asks us to come back later. It is tried again."

	hintUnknownEnd = "The connection broke while the letter was handed over. It is sent again, and may arrive twice."
	hintSlow       = "The server took too long to answer. It is tried again later."
	hintBroken     = "The connection to the server broke. It is tried again later."
	hintStopped    = "Sending was stopped. It is tried again later."
)
